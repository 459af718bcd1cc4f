#Requires -Version 5.1
<#
.SYNOPSIS
Загружает расширение «Бот поставщиков» в информационную базу Конфигуратором или через ibcmd.

.DESCRIPTION
Загружает исходники, обновляет конфигурацию базы данных, проверяет применимость и меняет безопасный режим. Журналы
читаются: о некоторых ошибках платформа сообщает только в них, с кодом завершения 0. Перед загрузкой сделайте копию базы;
пользователи должны выйти. Код завершения: 0 готово, 1 не удалось, 2 ошибка в параметрах.

Loads the extension into an infobase with the Designer or with ibcmd. The logs are read, since some faults end with exit
code 0. Make a copy of the infobase first; users have to leave.

.PARAMETER Platform
Каталог bin платформы. The bin folder of the platform, such as "C:\Program Files\1cv8\8.3.27.1786\bin".
.PARAMETER Tool
designer (по умолчанию) или ibcmd (8.3.18 и новее).
.PARAMETER File
Каталог файловой базы. The folder of a file infobase.
.PARAMETER Server
Сервер 1С, host или host:port. The 1C server.
.PARAMETER Base
Имя базы в кластере. The name of the infobase in the cluster.
.PARAMETER Dbms
PostgreSQL или MSSQLServer: база напрямую, для ibcmd. The database itself, for ibcmd.
.PARAMETER DbServer
Сервер СУБД. The server of the database.
.PARAMETER DbName
Имя базы данных. The name of the database.
.PARAMETER DbUser
Пользователь СУБД; без него проверка подлинности Windows. User of the database; without it, Windows authentication.
.PARAMETER User
Администратор информационной базы. Administrator of the infobase.
.PARAMETER PasswordFile
Файл с его паролем в UTF-8; иначе переменная ONEC_PASSWORD. A file with the password; else ONEC_PASSWORD.
.PARAMETER DbPasswordFile
Файл с паролем пользователя СУБД; иначе ONEC_DB_PASSWORD. A file with the database password; else ONEC_DB_PASSWORD.
.PARAMETER UnlockCode
Код разрешения, если вход в базу закрыт. Permission code of a closed infobase.
.PARAMETER Source
Исходники расширения; по умолчанию каталог над этим скриптом. Sources; default the folder above this script.
.PARAMETER SafeMode
Безопасный режим расширения: off (по умолчанию), on, keep. Safe mode of the extension.
.PARAMETER NoCheck
Не проверять применимость. Do not check that the extension can be applied.
.PARAMETER TimeoutSeconds
Срок одного шага, по умолчанию 1800. Deadline of one step.
.PARAMETER DryRun
Показать команды и ничего не выполнять. Show the commands and run none.

.EXAMPLE
.\install.ps1 -Platform "C:\Program Files\1cv8\8.3.27.1786\bin" -Server srv1c -Base ut -User Администратор -PasswordFile .\password.txt
.EXAMPLE
.\install.ps1 -Tool ibcmd -Platform "C:\Program Files\1cv8\8.3.27.1786\bin" -File D:\bases\ut
#>
[CmdletBinding()]
param(
    [string] $Platform,
    [string] $Tool = 'designer',
    [string] $File,
    [string] $Server,
    [string] $Base,
    [string] $Dbms,
    [string] $DbServer,
    [string] $DbName,
    [string] $DbUser,
    [string] $User,
    [string] $PasswordFile,
    [string] $DbPasswordFile,
    [string] $UnlockCode,
    [string] $Source,
    [string] $SafeMode = 'off',
    [switch] $NoCheck,
    [int] $TimeoutSeconds = 1800,
    [switch] $DryRun
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
try { [Console]::OutputEncoding = [Text.Encoding]::UTF8 } catch [IO.IOException] { Write-Verbose 'no console' }
$IsRussian = (Get-UICulture).TwoLetterISOLanguageName -ne 'en'

function Get-Text([string] $Russian, [string] $English) {
    if ($IsRussian) { $Russian } else { $English }
}

function Stop-Usage([string] $Russian, [string] $English) {
    [Console]::Error.WriteLine((Get-Text $Russian $English))
    [Console]::Error.WriteLine('Get-Help .\install.ps1 -Full')
    exit 2
}

function Stop-Failed([string] $Russian, [string] $English) {
    throw (Get-Text $Russian $English)
}

# The first line of a file.
function Read-Secret([string] $Path) {
    if (-not (Test-Path -LiteralPath $Path -PathType Leaf)) {
        Stop-Usage "Файл с паролем не читается: $Path" "Cannot read the password file: $Path"
    }
    [string] (Get-Content -LiteralPath $Path -Encoding UTF8 -TotalCount 1)
}

if (-not $Source) { $Source = Split-Path -Parent $PSScriptRoot }
if ($Tool -notin 'designer', 'ibcmd') { Stop-Usage '-Tool: designer или ibcmd' '-Tool: designer or ibcmd' }
if ($SafeMode -notin 'off', 'on', 'keep') { Stop-Usage '-SafeMode: off, on или keep' '-SafeMode: off, on or keep' }
if ($TimeoutSeconds -lt 1) { Stop-Usage '-TimeoutSeconds: целое число секунд' '-TimeoutSeconds: a whole number of seconds' }
if (-not $Platform) { Stop-Usage 'Дайте -Platform: каталог bin с 1cv8.exe' 'Give -Platform: the bin folder of 1cv8.exe' }
if ($Tool -eq 'designer' -and -not $File -and -not ($Server -and $Base)) {
    Stop-Usage 'Дайте -File или -Server и -Base' 'Give -File, or -Server and -Base'
}
if ($Tool -eq 'ibcmd' -and -not $File -and -not ($Dbms -and $DbServer -and $DbName)) {
    Stop-Usage 'Дайте -File или -Dbms, -DbServer и -DbName: к кластеру 1С ibcmd не подключается' `
        'Give -File, or -Dbms, -DbServer and -DbName: ibcmd does not connect to a cluster'
}
if ($File -and ($Server -or $Dbms)) {
    Stop-Usage '-File не сочетается с -Server и -Dbms' '-File does not go with -Server and -Dbms'
}
$Designer = Join-Path $Platform '1cv8.exe'
$Ibcmd = Join-Path $Platform 'ibcmd.exe'
$Needed = if ($Tool -eq 'designer') { $Designer } else { $Ibcmd }
if (-not (Test-Path -LiteralPath $Needed)) { Stop-Usage "Нет $Needed" "There is no $Needed" }
$ConfigurationFile = Join-Path $Source 'Configuration.xml'
if (-not (Test-Path -LiteralPath $ConfigurationFile)) {
    Stop-Usage "Нет ${ConfigurationFile}: дайте -Source" "There is no ${ConfigurationFile}: give -Source"
}

$Password = if ($PasswordFile) { Read-Secret $PasswordFile } else { [string] $env:ONEC_PASSWORD }
$DbPassword = if ($DbPasswordFile) { Read-Secret $DbPasswordFile } else { [string] $env:ONEC_DB_PASSWORD }
# The processes that are started need not inherit them.
$env:ONEC_PASSWORD = $null
$env:ONEC_DB_PASSWORD = $null

# The name in the sources and the name in the infobase must be the same: another one would become a second extension.
[xml] $Configuration = Get-Content -LiteralPath $ConfigurationFile -Encoding UTF8 -Raw
$NameNode = $Configuration.SelectSingleNode("//*[local-name()='Properties']/*[local-name()='Name']")
if ($null -eq $NameNode) {
    Stop-Usage 'В Configuration.xml нет имени расширения' 'Configuration.xml has no name of the extension'
}
$Extension = $NameNode.InnerText

$Work = Join-Path ([IO.Path]::GetTempPath()) ('supplier-bot-' + [Guid]::NewGuid().ToString('N'))
$StagedSource = Join-Path $Work 'source'
$DesignerLog = Join-Path $Work 'designer.log'

# What a log says when it failed, in both languages of the platform.
$FailureWords = 'ошибк|исключени|не удалось|невозможно|не найден|неизвестн|неверн|неправильн|недопустим|отказано|не соответству|блокировк|нарушен|требуется аутентификация|error|fail|exception|not found|unknown|invalid|denied|cannot|unable'
$SuccessWords = 'ошибок не обнаружено|ошибок нет|без ошибок|ошибок: 0|no errors|errors: 0|0 errors'

function Test-FailureText([string] $Text) {
    foreach ($Line in $Text -split '\r?\n') {
        if ($Line -match $FailureWords -and $Line -notmatch $SuccessWords) { return $true }
    }
    return $false
}

# A log in UTF-8, or in the code page of Windows where it is not.
function Read-Log([string] $Path) {
    if (-not (Test-Path -LiteralPath $Path)) { return '' }
    $Bytes = [IO.File]::ReadAllBytes($Path)
    try {
        $Text = (New-Object Text.UTF8Encoding($false, $true)).GetString($Bytes)
    }
    catch {
        $Text = [Text.Encoding]::GetEncoding(1251).GetString($Bytes)
    }
    return $Text.TrimStart([char] 0xFEFF).Trim()
}

# An argument as CommandLineToArgvW takes it apart.
function Format-Argument([string] $Argument) {
    if ($Argument -and $Argument -notmatch '[\s"]') { return $Argument }
    $Escaped = $Argument -replace '(\\*)"', '$1$1\"' -replace '(\\+)$', '$1$1'
    return '"' + $Escaped + '"'
}

# Runs a step, then judges it by its exit code and by what it has written.
function Invoke-Step {
    param([string] $Russian, [string] $English, [string] $Program, [string[]] $Arguments, [string] $Log, [string] $InputLine)

    Write-Host ('== ' + (Get-Text $Russian $English))
    $CommandLine = $Arguments -join ' '
    if ($DryRun) {
        Write-Host ('  "' + $Program + '" ' + ($CommandLine -replace '--password=("(\\"|[^"])*"|\S*)', '--password=***'))
        return
    }
    if ($Log -and (Test-Path -LiteralPath $Log)) { Remove-Item -LiteralPath $Log }

    $Start = New-Object Diagnostics.ProcessStartInfo
    $Start.FileName = $Program
    $Start.Arguments = $CommandLine
    $Start.UseShellExecute = $false
    $Start.CreateNoWindow = $true
    $Start.RedirectStandardInput = $true
    $Start.RedirectStandardOutput = $true
    $Start.RedirectStandardError = $true
    $Start.StandardOutputEncoding = [Text.Encoding]::UTF8
    $Start.StandardErrorEncoding = [Text.Encoding]::UTF8
    $Process = [Diagnostics.Process]::Start($Start)
    # Both are read while it runs: a full pipe would stop it.
    $Output = $Process.StandardOutput.ReadToEndAsync()
    $Errors = $Process.StandardError.ReadToEndAsync()
    $Process.StandardInput.WriteLine($InputLine)
    $Process.StandardInput.Close()
    if (-not $Process.WaitForExit($TimeoutSeconds * 1000)) {
        $Process.Kill()
        Stop-Failed "Шаг не закончился за $TimeoutSeconds с: в базе есть сеансы или открыт Конфигуратор. Завершите их и повторите." `
            "The step did not end in $TimeoutSeconds s: there are sessions, or the Designer is open. End them and repeat."
    }
    $Process.WaitForExit()
    $Printed = ($Output.Result + $Errors.Result).Trim()
    $Judged = if ($Log) { Read-Log $Log } else { $Printed }
    foreach ($Line in (@($Printed, $Judged) | Select-Object -Unique)) {
        if ($Line) { Write-Host ($Line -replace '(?m)^', '   ') }
    }
    $Code = $Process.ExitCode
    if ($Code -ne 0) {
        Stop-Failed "Шаг не удался, код $Code. Причина в строках выше; таблица «симптом, причина, лечение» в onec/README.md." `
            "The step failed with code $Code. The reason is above; symptoms and cures are in docs/1c.en.md."
    }
    if (Test-FailureText $Judged) {
        Stop-Failed 'Код завершения 0, но журнал говорит об ошибке (строки выше). Считаю шаг неудавшимся.' `
            'The exit code is 0, but the log tells of an error (above). The step counts as failed.'
    }
}

function Get-DesignerKeys {
    $Keys = @()
    # /@ has to be the first key. The file keeps the password out of the list of processes.
    if ($Password) {
        $Parameters = Join-Path $Work 'parameters.txt'
        $Line = '/P"' + ($Password -replace '"', '""') + '"'
        [IO.File]::WriteAllText($Parameters, $Line, (New-Object Text.UTF8Encoding($true)))
        $Keys += '/@', ('"' + $Parameters + '"')
    }
    if ($File) { $Keys += '/F"' + $File.TrimEnd('\') + '"' } else { $Keys += '/S"' + "$Server\$Base" + '"' }
    if ($User) { $Keys += '/N"' + $User + '"' }
    if ($UnlockCode) { $Keys += '/UC"' + $UnlockCode + '"' }
    return $Keys + @('/DisableStartupDialogs', '/DisableStartupMessages', '/Out', ('"' + $DesignerLog + '"'))
}

function Get-IbcmdConnection {
    # A folder of its own: the usual one may belong to a running standalone server.
    $Keys = @('--data=' + (Join-Path $Work 'ibcmd'))
    if ($File) { $Keys += '--db-path=' + $File.TrimEnd('\') }
    else {
        $Keys += "--dbms=$Dbms", "--db-server=$DbServer", "--db-name=$DbName"
        if ($DbUser) { $Keys += "--db-user=$DbUser" }
        if ($DbPassword) { $Keys += '--request-db-pwd' }
    }
    # ibcmd asks for a missing password on the terminal and waits: both are always given. It takes them from nowhere else.
    if ($User) { $Keys += "--user=$User", "--password=$Password" }
    return $Keys
}

function Invoke-Ibcmd([string] $Russian, [string] $English, [string[]] $Command, [string[]] $Rest) {
    $Arguments = @($Command + (Get-IbcmdConnection) + $Rest | ForEach-Object { Format-Argument $_ })
    Invoke-Step -Russian $Russian -English $English -Program $Ibcmd -Arguments $Arguments -InputLine $DbPassword
}

function Set-SafeMode {
    if ($SafeMode -eq 'keep') { return }
    $Value = if ($SafeMode -eq 'on') { 'yes' } else { 'no' }
    Invoke-Ibcmd "Безопасный режим: $SafeMode" "Safe mode: $SafeMode" @('infobase', 'config', 'extension', 'update') `
        @("--name=$Extension", "--safe-mode=$Value", "--unsafe-action-protection=$Value")
}

function Install-ByDesigner {
    $Keys = @('DESIGNER') + (Get-DesignerKeys)
    $Step = @{ Program = $Designer; Log = $DesignerLog }
    Invoke-Step @Step -Russian "Загрузка расширения $Extension" -English "Loading the extension $Extension" `
        -Arguments ($Keys + @('/LoadConfigFromFiles', ('"' + $StagedSource + '"'), '-Extension', $Extension))
    Invoke-Step @Step -Russian 'Обновление конфигурации базы данных' -English 'Updating the database configuration' `
        -Arguments ($Keys + @('/UpdateDBCfg', '-Extension', $Extension))
    if (-not $NoCheck) {
        Invoke-Step @Step -Russian 'Проверка применимости' -English 'Checking that it can be applied' `
            -Arguments ($Keys + @('/CheckCanApplyConfigurationExtensions', '-Extension', $Extension))
    }
    if ($SafeMode -eq 'keep') { return }
    if ((Test-Path -LiteralPath $Ibcmd) -and ($File -or $Dbms)) { Set-SafeMode; return }
    Write-Host (Get-Text `
            "!! Безопасный режим Конфигуратор из командной строки не меняет. Сделайте это сами: Конфигуратор, меню «Конфигурация», «Расширения конфигурации», флажки «Безопасный режим» и «Защита от опасных действий» у $Extension." `
            "!! The Designer does not change the safe mode from the command line. Do it yourself: Designer, menu «Конфигурация», «Расширения конфигурации», the boxes «Безопасный режим» and «Защита от опасных действий» of $Extension.")
}

function Install-ByIbcmd {
    Invoke-Ibcmd "Загрузка расширения $Extension" "Loading the extension $Extension" @('infobase', 'config', 'import') `
        @("--extension=$Extension", $StagedSource)
    if (-not $NoCheck) {
        Invoke-Ibcmd 'Проверка' 'Checking' @('infobase', 'config', 'check') @("--extension=$Extension")
    }
    Invoke-Ibcmd 'Обновление конфигурации базы данных' 'Updating the database configuration' `
        @('infobase', 'config', 'apply') @("--extension=$Extension", '--force')
    Set-SafeMode
}

try {
    New-Item -ItemType Directory -Path $StagedSource -Force | Out-Null
    # Only what the Designer dumps: the folder also holds guides, samples and scripts.
    Copy-Item -LiteralPath $ConfigurationFile -Destination $StagedSource
    Get-ChildItem -LiteralPath $Source -Directory |
        Where-Object { $_.Name -notin 'publication', 'install' } |
        ForEach-Object { Copy-Item -LiteralPath $_.FullName -Destination $StagedSource -Recurse }

    if ($Tool -eq 'designer') { Install-ByDesigner } else { Install-ByIbcmd }

    if ($DryRun) { Write-Host (Get-Text 'Ничего не выполнено (-DryRun).' 'Nothing was run (-DryRun).') }
    else {
        Write-Host (Get-Text "Готово: расширение $Extension загружено. Дальше: onec/README.md, роли и ключ." `
                "Done: the extension $Extension is loaded. Next: docs/1c.en.md, roles and key.")
    }
}
catch {
    [Console]::Error.WriteLine($_.Exception.Message)
    exit 1
}
finally {
    if (Test-Path -LiteralPath $Work) { Remove-Item -LiteralPath $Work -Recurse -Force }
}
