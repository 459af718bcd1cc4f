#!/usr/bin/env bash
# Loads the extension into an infobase with the Designer or with ibcmd, reads their logs (some faults end with exit code 0),
# updates the database configuration and sets the safe mode. Exit code: 0 done, 1 failed, 2 a faulty command line.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in
  en*) language=en ;;
  *) language=ru ;;
esac

# say RUSSIAN ENGLISH
say() {
  if [[ $language == en ]]; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi
}

fail() {
  say "$@" >&2
  exit 1
}

usage_error() {
  say "$@" >&2
  say "Справка: $0 --help" "Help: $0 --help" >&2
  exit 2
}

help() {
  if [[ $language == ru ]]; then
    cat <<'TEXT'
Загружает расширение «Бот поставщиков» в информационную базу.

  Конфигуратором:  install.sh --platform КАТАЛОГ (--file КАТАЛОГ | --server СЕРВЕР --base ИМЯ) [параметры]
  Через ibcmd:     install.sh --tool ibcmd --platform КАТАЛОГ (--file КАТАЛОГ | --dbms ВИД --db-server … --db-name …)

  --platform КАТАЛОГ      где лежат 1cv8 и ibcmd, например /opt/1cv8/x86_64/8.3.27.1786
  --tool ИНСТРУМЕНТ       designer (по умолчанию) или ibcmd (8.3.18 и новее)
  --file КАТАЛОГ          файловая база
  --server, --base        сервер 1С (host или host:port) и имя базы в кластере
  --dbms ВИД              PostgreSQL или MSSQLServer: база напрямую, для ibcmd
  --db-server, --db-name, --db-user
                          сервер СУБД, имя базы данных, пользователь СУБД
  --user ИМЯ              администратор информационной базы
  --password-file ФАЙЛ    его пароль; иначе переменная ONEC_PASSWORD
  --db-password-file ФАЙЛ пароль пользователя СУБД; иначе ONEC_DB_PASSWORD
  --uc КОД                код разрешения, если вход в базу закрыт
  --source КАТАЛОГ        исходники расширения; по умолчанию каталог над этим скриптом
  --safe-mode off|on|keep безопасный режим расширения: выключить (по умолчанию), включить, не трогать
  --no-check              не проверять применимость после обновления
  --timeout СЕКУНД        срок одного шага, по умолчанию 1800
  --dry-run               показать команды и ничего не выполнять
  --help                  эта справка

Перед загрузкой сделайте копию базы. Пользователи должны выйти: иначе обновление не получит исключительный доступ.
TEXT
  else
    cat <<'TEXT'
Loads the extension «Бот поставщиков» into an infobase.

  With the Designer: install.sh --platform FOLDER (--file FOLDER | --server SERVER --base NAME) [options]
  With ibcmd:        install.sh --tool ibcmd --platform FOLDER (--file FOLDER | --dbms KIND --db-server … --db-name …)

  --platform FOLDER       where 1cv8 and ibcmd are, such as /opt/1cv8/x86_64/8.3.27.1786
  --tool TOOL             designer (default) or ibcmd (8.3.18 and newer)
  --file FOLDER           a file infobase
  --server, --base        the 1C server (host or host:port) and the name of the infobase in the cluster
  --dbms KIND             PostgreSQL or MSSQLServer: the database itself, for ibcmd
  --db-server, --db-name, --db-user
                          the server, the name and the user of the database
  --user NAME             administrator of the infobase
  --password-file FILE    the password; else the variable ONEC_PASSWORD
  --db-password-file FILE password of the database user; else ONEC_DB_PASSWORD
  --uc CODE               permission code, where the infobase is closed to logins
  --source FOLDER         sources of the extension; default the folder above this script
  --safe-mode off|on|keep safe mode of the extension: switch it off (default), on, leave it
  --no-check              do not check that the extension can be applied
  --timeout SECONDS       deadline of one step, default 1800
  --dry-run               show the commands and run none
  --help                  this text

Make a copy of the infobase first. Users have to leave: the update needs exclusive access.
TEXT
  fi
}

tool=designer platform='' file='' server='' base='' dbms='' db_server='' db_name='' db_user='' user='' uc=''
source_folder=$here/.. safe_mode=off timeout_seconds=1800 check=true dry_run=false
password=${ONEC_PASSWORD:-} db_password=${ONEC_DB_PASSWORD:-}
unset ONEC_PASSWORD ONEC_DB_PASSWORD

# The first line of a file, without what an editor of Windows adds.
secret_from() {
  local line
  [[ -r $1 ]] || usage_error "Файл с паролем не читается: $1" "Cannot read the password file: $1"
  IFS= read -r line <"$1" || true
  printf '%s' "${line%$'\r'}"
}

while (($# > 0)); do
  case $1 in
    --help | -h)
      help
      exit 0
      ;;
    --no-check) check=false ;;
    --dry-run) dry_run=true ;;
    --tool | --platform | --file | --server | --base | --dbms | --db-server | --db-name | --db-user | --user | --uc | \
      --password-file | --db-password-file | --source | --safe-mode | --timeout)
      (($# > 1)) || usage_error "У $1 нет значения" "$1 needs a value"
      case $1 in
        --tool) tool=$2 ;;
        --platform) platform=$2 ;;
        --file) file=$2 ;;
        --server) server=$2 ;;
        --base) base=$2 ;;
        --dbms) dbms=$2 ;;
        --db-server) db_server=$2 ;;
        --db-name) db_name=$2 ;;
        --db-user) db_user=$2 ;;
        --user) user=$2 ;;
        --uc) uc=$2 ;;
        --password-file) password=$(secret_from "$2") ;;
        --db-password-file) db_password=$(secret_from "$2") ;;
        --source) source_folder=$2 ;;
        --safe-mode) safe_mode=$2 ;;
        --timeout) timeout_seconds=$2 ;;
      esac
      shift
      ;;
    *) usage_error "Неизвестный параметр $1" "Unknown option $1" ;;
  esac
  shift
done

[[ $tool == designer || $tool == ibcmd ]] || usage_error "--tool: designer или ibcmd" "--tool: designer or ibcmd"
[[ $safe_mode =~ ^(off|on|keep)$ ]] || usage_error "--safe-mode: off, on или keep" "--safe-mode: off, on or keep"
[[ $timeout_seconds =~ ^[1-9][0-9]*$ ]] || usage_error "--timeout: целое число секунд" "--timeout: a whole number of seconds"
[[ -n $platform ]] || usage_error "Дайте --platform: каталог с 1cv8 и ibcmd" "Give --platform: the folder of 1cv8 and ibcmd"
if [[ $tool == designer ]]; then
  [[ -n $file || (-n $server && -n $base) ]] ||
    usage_error "Дайте --file или --server и --base" "Give --file, or --server and --base"
else
  [[ -n $file || (-n $dbms && -n $db_server && -n $db_name) ]] ||
    usage_error "Дайте --file или --dbms, --db-server и --db-name: к кластеру 1С ibcmd не подключается" \
      "Give --file, or --dbms, --db-server and --db-name: ibcmd does not connect to a cluster"
fi
[[ -z $file || (-z $server && -z $dbms) ]] ||
  usage_error "--file не сочетается с --server и --dbms" "--file does not go with --server and --dbms"
[[ -x $platform/1cv8 || $tool != designer ]] || usage_error "Нет $platform/1cv8" "There is no $platform/1cv8"
[[ -x $platform/ibcmd || $tool != ibcmd ]] ||
  usage_error "Нет $platform/ibcmd: он устанавливается с сервером 1С, с 8.3.18" \
    "There is no $platform/ibcmd: it comes with the 1C server, from 8.3.18"
[[ -r $source_folder/Configuration.xml ]] ||
  usage_error "Нет $source_folder/Configuration.xml: дайте --source" "There is no $source_folder/Configuration.xml: give --source"

# The name in the sources and the name in the infobase must be the same: another one would become a second extension.
extension=$(sed -n 's:.*<Name>\(.*\)</Name>.*:\1:p' "$source_folder/Configuration.xml" | head -n 1)
[[ -n $extension ]] || fail "В Configuration.xml нет имени расширения" "Configuration.xml has no name of the extension"

work=$(mktemp -d "${TMPDIR:-/tmp}/supplier-bot.XXXXXX")
chmod 700 "$work"
trap 'rm -rf "$work"' EXIT

# Only what the Designer dumps: this folder also holds guides, samples and scripts.
mkdir "$work/source"
cp "$source_folder/Configuration.xml" "$work/source/"
for folder in "$source_folder"/*/; do
  name=$(basename "$folder")
  if [[ $name != publication && $name != install ]]; then cp -R "$folder" "$work/source/$name"; fi
done

# What a log says when it failed, in both languages of the platform.
failure_words='ошибк|исключени|не удалось|невозможно|не найден|неизвестн|неверн|неправильн|недопустим|отказано|не соответству|блокировк|нарушен|требуется аутентификация|error|fail|exception|not found|unknown|invalid|denied|cannot|unable'
success_words='ошибок не обнаружено|ошибок нет|без ошибок|ошибок: 0|no errors|errors: 0|0 errors'

# readable FILE: the log in UTF-8 without a byte order mark; the Designer of Windows may have written windows-1251.
readable() {
  if iconv -f UTF-8 -t UTF-8 "$1" >/dev/null 2>&1; then
    sed '1s/^\xEF\xBB\xBF//' "$1"
  else
    iconv -f CP1251 -t UTF-8 "$1"
  fi
}

show_command() {
  local argument
  printf '  '
  for argument in "$@"; do
    case $argument in
      --password=*) printf -- '--password=*** ' ;;
      *) printf '%q ' "$argument" ;;
    esac
  done
  printf '\n'
}

# tells_of_failure TEXT: whether a line of a log tells of a failure. The locale lets grep know the case of Cyrillic letters.
tells_of_failure() {
  LC_ALL=C.UTF-8 grep -Eiv "$success_words" <<<"$1" | LC_ALL=C.UTF-8 grep -Eiq "$failure_words"
}

# step TITLE_RU TITLE_EN LOG STDIN COMMAND…: runs it, then judges it by its exit code and by what it has written: the
# Designer to its log (what it prints are complaints of the desktop's libraries), ibcmd, without a log, to the terminal.
step() {
  local title_ru=$1 title_en=$2 log=$3 input=$4 code=0 printed judged
  shift 4
  say "== $title_ru" "== $title_en"
  if $dry_run; then
    show_command "$@"
    return
  fi
  if [[ -n $log ]]; then : >"$log"; fi
  timeout --kill-after=30 "$timeout_seconds" "$@" <<<"$input" >"$work/output" 2>&1 || code=$?
  printed=$(readable "$work/output")
  judged=$printed
  if [[ -n $log ]]; then judged=$(readable "$log"); fi
  if [[ -n $printed ]]; then printf '%s\n' "$printed" | sed 's/^/   /'; fi
  if [[ -n $log && -n $judged ]]; then printf '%s\n' "$judged" | sed 's/^/   /'; fi
  if ((code == 124 || code == 137)); then
    fail "Шаг не закончился за $timeout_seconds с: в базе есть сеансы или открыт Конфигуратор. Завершите их и повторите." \
      "The step did not end in $timeout_seconds s: there are sessions, or the Designer is open. End them and repeat."
  fi
  if ((code != 0)); then
    fail "Шаг не удался, код $code. Причина в строках выше; таблица «симптом, причина, лечение» в onec/README.md." \
      "The step failed with code $code. The reason is above; symptoms and cures are in docs/1c.en.md."
  fi
  if tells_of_failure "$judged"; then
    fail "Код завершения 0, но журнал говорит об ошибке (строки выше). Считаю шаг неудавшимся." \
      "The exit code is 0, but the log tells of an error (above). The step counts as failed."
  fi
}

designer_keys() {
  # /@ has to be the first key. The file keeps the password out of the list of processes.
  if [[ -n $password ]]; then
    (
      umask 077
      printf '/P"%s"\n' "${password//\"/\"\"}" >"$work/parameters"
    )
    keys+=("/@" "$work/parameters")
  fi
  if [[ -n $file ]]; then keys+=("/F$file"); else keys+=("/S$server\\$base"); fi
  if [[ -n $user ]]; then keys+=("/N$user"); fi
  if [[ -n $uc ]]; then keys+=("/UC$uc"); fi
  keys+=(/DisableStartupDialogs /DisableStartupMessages /Out "$work/designer.log")
}

# The Designer of Linux wants a display, also where it shows nothing.
designer_command() {
  command=("$platform/1cv8")
  if [[ $(uname -s) == Linux && -z ${DISPLAY:-} ]]; then
    command -v xvfb-run >/dev/null ||
      fail "Конфигуратору нужен дисплей: установите xvfb (apt install xvfb) или возьмите --tool ibcmd" \
        "The Designer needs a display: install xvfb (apt install xvfb), or take --tool ibcmd"
    command=(xvfb-run --auto-servernum "${command[@]}")
  fi
}

ibcmd_keys() {
  # A folder of its own: the usual one may belong to a running standalone server.
  ibcmd_connection=("--data=$work/ibcmd")
  ibcmd_input=''
  if [[ -n $file ]]; then
    ibcmd_connection+=("--db-path=$file")
  else
    ibcmd_connection+=("--dbms=$dbms" "--db-server=$db_server" "--db-name=$db_name")
    if [[ -n $db_user ]]; then ibcmd_connection+=("--db-user=$db_user"); fi
    if [[ -n $db_password ]]; then
      ibcmd_connection+=(--request-db-pwd)
      ibcmd_input=$db_password
    fi
  fi
  # ibcmd asks for a missing password on the terminal and waits: both are always given. It takes them from nowhere else.
  if [[ -n $user ]]; then ibcmd_connection+=("--user=$user" "--password=$password"); fi
}

set_safe_mode() {
  [[ $safe_mode != keep ]] || return 0
  local value=no
  if [[ $safe_mode == on ]]; then value=yes; fi
  step "Безопасный режим: $safe_mode" "Safe mode: $safe_mode" '' "$ibcmd_input" \
    "$platform/ibcmd" infobase config extension update "${ibcmd_connection[@]}" "--name=$extension" \
    "--safe-mode=$value" "--unsafe-action-protection=$value"
}

install_by_designer() {
  local keys=() command=()
  designer_keys
  designer_command
  step "Загрузка расширения $extension" "Loading the extension $extension" "$work/designer.log" '' \
    "${command[@]}" DESIGNER "${keys[@]}" /LoadConfigFromFiles "$work/source" -Extension "$extension"
  step 'Обновление конфигурации базы данных' 'Updating the database configuration' "$work/designer.log" '' \
    "${command[@]}" DESIGNER "${keys[@]}" /UpdateDBCfg -Extension "$extension"
  if $check; then
    step 'Проверка применимости' 'Checking that it can be applied' "$work/designer.log" '' \
      "${command[@]}" DESIGNER "${keys[@]}" /CheckCanApplyConfigurationExtensions -Extension "$extension"
  fi
  if [[ $safe_mode == keep ]]; then return; fi
  if [[ -x $platform/ibcmd && (-n $file || -n $dbms) ]]; then
    ibcmd_keys
    set_safe_mode
  else
    say "!! Безопасный режим Конфигуратор из командной строки не меняет. Сделайте это сами: Конфигуратор, меню «Конфигурация»,
   «Расширения конфигурации», флажки «Безопасный режим» и «Защита от опасных действий» у $extension." \
      "!! The Designer does not change the safe mode from the command line. Do it yourself: Designer, menu «Конфигурация»,
   «Расширения конфигурации», the boxes «Безопасный режим» and «Защита от опасных действий» of $extension."
  fi
}

install_by_ibcmd() {
  ibcmd_keys
  step "Загрузка расширения $extension" "Loading the extension $extension" '' "$ibcmd_input" \
    "$platform/ibcmd" infobase config import "${ibcmd_connection[@]}" "--extension=$extension" "$work/source"
  if $check; then
    step 'Проверка' 'Checking' '' "$ibcmd_input" \
      "$platform/ibcmd" infobase config check "${ibcmd_connection[@]}" "--extension=$extension"
  fi
  step 'Обновление конфигурации базы данных' 'Updating the database configuration' '' "$ibcmd_input" \
    "$platform/ibcmd" infobase config apply "${ibcmd_connection[@]}" "--extension=$extension" --force
  set_safe_mode
}

"install_by_$tool"
if $dry_run; then
  say 'Ничего не выполнено (--dry-run).' 'Nothing was run (--dry-run).'
else
  say "Готово: расширение $extension загружено. Дальше: onec/README.md, роли и ключ." \
    "Done: the extension $extension is loaded. Next: docs/1c.en.md, roles and key."
fi
