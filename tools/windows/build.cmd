@echo off
rem Largar aqui a pasta de um projeto (a que tem bulletin.yaml). / Drop a project's folder here (the one with bulletin.yaml).
setlocal DisableDelayedExpansion
chcp 65001 >nul
if "%~1"=="" goto help
if not exist "%~1\bulletin.yaml" goto help
call "%~dp0bulletin.cmd" build "%~1"
set "code=%errorlevel%"
if "%code%"=="0" if exist "%~1\out\" if not defined BULLETIN_QUIET start "" "%~1\out"
goto end
:help
echo Largue sobre build.cmd a pasta de um projeto: a que tem o ficheiro bulletin.yaml.
echo Drop a project's folder onto build.cmd: the one that holds bulletin.yaml.
set "code=2"
:end
if not defined BULLETIN_QUIET pause
exit /b %code%
