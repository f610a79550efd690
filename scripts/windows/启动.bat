@echo off
rem Double click: checks, one run, then the morning note opens. UTF-8 without a mark, CRLF; chcp comes before any Chinese.
chcp 65001 >nul
setlocal
set PYTHONUTF8=1
cd /d "%~dp0"
set GENGANG=%~dp0..\..\.venv\Scripts\gengang.exe
if exist "%~dp0.venv\Scripts\gengang.exe" set GENGANG=%~dp0.venv\Scripts\gengang.exe
if not exist "%GENGANG%" goto noprogram
set WORKSPACE=%~1
if "%WORKSPACE%"=="" goto noworkspace
if not exist "%WORKSPACE%\scheme.toml" goto noworkspace

"%GENGANG%" doctor --workspace "%WORKSPACE%"
if errorlevel 2 goto stopped
"%GENGANG%" run --workspace "%WORKSPACE%"
if errorlevel 2 goto stopped
"%GENGANG%" desk --help >nul 2>nul
if errorlevel 1 goto note
"%GENGANG%" desk --workspace "%WORKSPACE%"
goto end

:note
start "" "%WORKSPACE%\outbox\今日要点.html"
goto end

:noprogram
echo 没有找到程序。请管理员先按 docs\operating.md 安装，再双击一次。
pause
exit /b 2

:noworkspace
echo 没有找到工作区。请把工作区文件夹拖到这个图标上，或请管理员把它写进快捷方式。
pause
exit /b 2

:stopped
echo 没有运行完。请照上面的提示处理后，再双击一次；收到的材料都在。
pause
exit /b 2

:end
endlocal
