@echo off
rem O programa, com o Python desta pasta: nada se instala. / The program, with this folder's Python: nothing is installed.
setlocal DisableDelayedExpansion
set "BULLETIN_HOME=%~dp0home"
set "MPLCONFIGDIR=%~dp0home\matplotlib"
"%~dp0python\python.exe" -X utf8 -B -m bulletin %*
