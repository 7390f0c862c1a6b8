import type { Command } from '../transport.js';

/**
 * What PowerShell runs first, whatever the command: it reads one line of base64 from standard input, which holds the command as JSON.
 * Fixed text, so that no value ever stands in a command line. Written for Windows PowerShell 5.1 and OpenSSH for Windows; the tests
 * compare its text and carry no Windows, so it has not been run there.
 */
export const WINDOWS_PROGRAM = `$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
[Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)
$OutputEncoding = [Console]::OutputEncoding
$given = [System.Text.Encoding]::UTF8.GetString([Convert]::FromBase64String([Console]::In.ReadLine())) | ConvertFrom-Json
[Console]::Out.Write("runbook-studio $($given.nonce) started $PID -\`n")
foreach ($variable in $given.env) { [Environment]::SetEnvironmentVariable($variable.name, $variable.value) }
if ($null -ne $given.workdir) { Set-Location -LiteralPath $given.workdir }
$list = @($given.args)
$global:LASTEXITCODE = 0
try { & ([scriptblock]::Create($given.script)) @list; exit $global:LASTEXITCODE }
catch { [Console]::Error.WriteLine($_); exit 1 }
`;

/** The command line for OpenSSH for Windows, whose shell may be cmd or PowerShell. */
export const WINDOWS_BOOTSTRAP = `powershell.exe -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand ${Buffer.from(WINDOWS_PROGRAM, 'utf16le').toString('base64')}`;

/** The line of standard input that carries a command to {@link WINDOWS_BOOTSTRAP}. */
export function windowsPayload(command: Command, nonce: string): string {
  const given = {
    nonce,
    script: command.script,
    args: command.args,
    env: Object.entries(command.env).map(([name, value]) => ({ name, value })),
    workdir: command.workdir ?? null,
  };
  return `${Buffer.from(JSON.stringify(given)).toString('base64')}\n`;
}

/** Ends a process and all its descendants; the argument is its id. There is no gentler way for a console program without a window. */
export const WINDOWS_KILL_SCRIPT = `param($id)
taskkill.exe /T /F /PID $id | Out-Null
Start-Sleep -Milliseconds 300
$left = Get-Process -Id $id -ErrorAction SilentlyContinue
if ($left) { "process $($left.Id) ($($left.ProcessName)) is still running" }
exit 0`;
