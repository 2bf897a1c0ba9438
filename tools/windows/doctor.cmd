@echo off
rem O que esta maquina tem e o que lhe falta. / What this machine has and lacks.
setlocal DisableDelayedExpansion
chcp 65001 >nul
if "%~1"=="" (call "%~dp0bulletin.cmd" doctor) else (call "%~dp0bulletin.cmd" doctor "%~1")
set "code=%errorlevel%"
if not defined BULLETIN_QUIET pause
exit /b %code%
