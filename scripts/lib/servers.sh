# shellcheck shell=bash
# Real servers on free loopback ports. Each set of servers lives in one private folder:
#
#   /tmp/storagekit.XXXXXX/
#       owner           the script that ends them, "PID START"; none where they are to stay
#       NAME.state      one line, "PID START URL", there from the launch of NAME until it has ended
#       NAME/           its data, its log and its sockets, owned by the user it runs as
#
# For a server whose variable STORAGEKIT_…_URL is set nothing is started: that one is used.

all_servers=(redis mongodb postgres)

# How long a server may take to answer. Under one second is usual for each.
start_limit_seconds=60

# The signal a server gets when the script that started it dies without having stopped it: "yes"
# for a test run, so that even SIGKILL leaves nothing; "no" where the servers are to stay.
servers_end_with_script=no

url_variable() {
    printf 'STORAGEKIT_%s_URL\n' "${1^^}"
}

# The fastest end that leaves nothing behind. A replica set member takes 16 s over SIGTERM;
# SIGQUIT is PostgreSQL's immediate shutdown, which takes its children and shared memory along.
stop_signal() {
    case $1 in
    redis) echo TERM ;;
    mongodb) echo KILL ;;
    postgres) echo QUIT ;;
    esac
}

# Prints the address in a URL, without user, password, database and options.
url_address() {
    local address=${1#*://}
    address=${address%%[/?]*}
    printf '%s\n' "${address##*@}"
}

# ---- Installing --------------------------------------------------------------------------------

# install_servers NAME...: what is missing for the servers that have to be started.
install_servers() {
    local name
    for name in "$@"; do
        is_given "$name" || "need_$name"
    done
    install_advice="A server that runs already need not be installed: set STORAGEKIT_REDIS_URL,
STORAGEKIT_MONGODB_URL or STORAGEKIT_POSTGRES_URL to its address. Only scripts/test wants a
redis-server of its own all the same, to break it. Without servers: scripts/test --embedded"
    install_missing
    for name in "$@"; do
        [[ $name != mongodb ]] || is_given mongodb || provide_mongod
    done
}

# What the tests need that break servers of their own: a server that is given is not for that.
need_fault_tools() {
    need_command redis-server redis-server
    need_command redis-cli redis-tools
    need_command openssl openssl
    # It is in /usr/sbin, which not everybody's PATH has.
    [[ -x /usr/sbin/pgbouncer ]] || need_command pgbouncer pgbouncer
}

need_redis() {
    need_command python3 python3
    need_command redis-server redis-server
    need_command redis-cli redis-tools
    # Tests of TLS make their certificates with it.
    need_command openssl openssl
}

need_mongodb() {
    need_mongod
}

need_postgres() {
    need_command python3 python3
    [[ -n $(postgres_programs) ]] || need_package postgresql
}

# Prints the folder of PostgreSQL's server programs, which Debian keeps off the PATH.
postgres_programs() {
    local initdb
    initdb=$(command -v initdb ||
        find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort --version-sort | tail -n 1)
    # On the PATH it may be a link, and the other programs are where it leads.
    if [[ -n $initdb ]]; then dirname "$(readlink --canonicalize "$initdb")"; fi
}

# ---- Servers that are there already ------------------------------------------------------------

# is_given NAME: whether the environment names a server that this script did not start.
is_given() {
    local variable
    variable=$(url_variable "$1")
    [[ -n ${!variable:-} ]]
}

# A variable left over in a shell after `servers stop` would otherwise fail in every single test.
check_given() {
    local variable address
    variable=$(url_variable "$1")
    address=$(url_address "${!variable}")
    answers "$address" ||
        fail "nothing answers at $address, which $variable names. Unset it to have a server" \
            "started, or point it to one that is running"
}

# answers ADDRESS: whether the first host of it accepts a connection.
answers() {
    local address=${1%%,*}
    local host=${address%:*} port=${address##*:}
    # Only what is spelled out can be tried: no socket folder, no SRV name, no default port.
    [[ -n $host && $port =~ ^[0-9]+$ ]] || return 0
    timeout 5 bash -c 'exec 3<>"/dev/tcp/$1/$2"' _ "$host" "$port" 2>/dev/null
}

# ---- Starting ----------------------------------------------------------------------------------

# Prints a new folder for a set of servers. It is in /tmp whatever TMPDIR says: the user postgres
# must be able to pass through every parent, and a socket's path may have 107 bytes at most.
new_server_folder() {
    local folder
    folder=$(mktemp -d /tmp/storagekit.XXXXXX)
    chmod 711 "$folder"
    printf '%s\n' "$folder"
}

# start_servers FOLDER NAME...: starts those that are not given by the environment and do not run.
start_servers() {
    local folder=$1 name
    shift
    for name in "$@"; do
        if read_state "$folder" "$name"; then
            continue
        elif is_given "$name"; then
            check_given "$name"
        else
            start_server "$folder" "$name"
        fi
    done
}

# Between asking the kernel for a free port and listening on it another process may take it.
start_server() {
    local folder=$1 name=$2 attempt port
    # What a server that died left there belongs to its old port.
    rm -rf "${folder:?}/$name"
    "prepare_$name" "$folder/$name"
    for attempt in 1 2 3 4 5; do
        port=$(free_port)
        if try_server "$folder" "$name" "$port"; then return; fi
        grep --quiet --ignore-case 'address already in use' "$folder/$name/log" || break
        note "$name lost port $port to another process (attempt $attempt)"
    done
    tail -n 20 "$folder/$name/log" >&2
    fail "$name did not start. To use one that is running, set $(url_variable "$name")"
}

try_server() {
    local folder=$1 name=$2 port=$3 pid start traps interrupted=
    # A server that runs before its state is written is known to nobody: a signal waits that long.
    # It is caught and not ignored, for the server would inherit that.
    traps=$(trap -p INT TERM HUP)
    trap 'interrupted=yes' INT TERM HUP
    "launch_$name" "$folder/$name" "$port"
    pid=$!
    # It may have ended already; then no process has this start and it counts as not running.
    start=$(process_start "$pid" || echo ended)
    printf '%s %s %s\n' "$pid" "$start" "$("url_of_$name" "$folder/$name" "$port")" \
        >"$folder/$name.state"
    trap - INT TERM HUP
    eval "$traps"
    if [[ $interrupted ]]; then kill -s TERM "$$"; fi
    wait_until_ready "$folder/$name" "$name" "$port" "$pid" "$start" && return
    stop_server "$folder" "$name"
    return 1
}

wait_until_ready() {
    local folder=$1 name=$2 port=$3 pid=$4 start=$5 deadline=$((SECONDS + start_limit_seconds))
    until "${name}_is_ready" "$folder" "$port" "$pid" >/dev/null 2>&1; do
        is_running "$pid" "$start" || return 1
        ((SECONDS < deadline)) || return 1
        sleep 0.05
    done
}

free_port() {
    python3 -c 'import socket; print(socket.create_server(("127.0.0.1", 0)).getsockname()[1])'
}

# launch NAME LOG COMMAND...: in a session of its own, so that Ctrl-C and the closing of a terminal
# reach only the script; it must not hold the script's lock (descriptor 9) or its output open.
# The process id is in $!: setsid and setpriv replace themselves by the command.
launch() {
    local name=$1 log=$2 lifetime=()
    shift 2
    if [[ $servers_end_with_script == yes ]]; then
        lifetime=(--pdeathsig "$(stop_signal "$name")")
    fi
    setsid setpriv "${lifetime[@]}" "$@" </dev/null >"$log" 2>&1 9>&- &
    # Otherwise bash reports on its own when a server is killed.
    disown "$!"
}

# ---- Redis -------------------------------------------------------------------------------------

prepare_redis() {
    mkdir -p "$1"
}

launch_redis() {
    launch redis "$1/log" redis-server --bind 127.0.0.1 --port "$2" --dir "$1" \
        --save '' --appendonly no
}

# The process id tells ours from a server that took the port in between.
redis_is_ready() {
    redis-cli -h 127.0.0.1 -p "$2" info server | grep --quiet "process_id:$3[^0-9]"
}

url_of_redis() {
    printf 'redis://127.0.0.1:%s\n' "$2"
}

# ---- MongoDB -----------------------------------------------------------------------------------

prepare_mongodb() {
    mkdir -p "$1/data"
}

# Transactions wait for a lock 5 ms unless told otherwise: less than what a machine that runs all
# tests at once lets them wait for their turn.
launch_mongodb() {
    launch mongodb "$1/log" "$(find_mongod)" --bind_ip 127.0.0.1 --port "$2" --dbpath "$1/data" \
        --unixSocketPrefix "$1" --replSet rs0 --oplogSize 64 --wiredTigerCacheSizeGB 0.25 \
        --setParameter maxTransactionLockRequestTimeoutMillis=10000
}

# The socket is in our folder, so it is our server that answers.
mongodb_is_ready() {
    python3 "$root/scripts/lib/replica_set.py" "$1/mongodb-$2.sock" "$2"
}

url_of_mongodb() {
    printf 'mongodb://127.0.0.1:%s/?replicaSet=rs0\n' "$2"
}

# ---- PostgreSQL --------------------------------------------------------------------------------

# PostgreSQL refuses to run as root. Everywhere else it is the user's own process. The options are
# setpriv's; the function sets the array postgres_user.
choose_postgres_user() {
    postgres_user=()
    if [[ $EUID == 0 ]]; then postgres_user=(--reuid=postgres --regid=postgres --init-groups); fi
}

# Its administrator can run programs as the user the server runs as, so unlike the other two it
# asks for a password: everybody on the machine can reach the port.
prepare_postgres() {
    local folder=$1
    mkdir "$folder"
    python3 -c 'import secrets; print(secrets.token_hex(16))' >"$folder/password"
    if [[ $EUID == 0 ]]; then chown -R postgres: "$folder"; fi
    choose_postgres_user
    # From / because the user postgres may not enter the folder the script was called in.
    (cd / && setpriv "${postgres_user[@]}" "$(postgres_programs)/initdb" --pgdata="$folder/data" \
        --username=postgres --auth=scram-sha-256 --pwfile="$folder/password" \
        --encoding=UTF8 --locale=C --no-sync) >"$folder/log" 2>&1 && return
    tail -n 20 "$folder/log" >&2
    fail "could not create a PostgreSQL database in $folder"
}

# Tests that need durability start their own server.
launch_postgres() {
    choose_postgres_user
    launch postgres "$1/log" "${postgres_user[@]}" "$(postgres_programs)/postgres" -D "$1/data" \
        -c listen_addresses=127.0.0.1 -c "port=$2" -c "unix_socket_directories=$1" \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off
}

# The socket is in our folder; it is there only after the port was taken.
postgres_is_ready() {
    "$(postgres_programs)/pg_isready" --host="$1" --port="$2"
}

url_of_postgres() {
    printf 'postgresql://postgres:%s@127.0.0.1:%s/postgres\n' "$(<"$1/password")" "$2"
}

# ---- Stopping and finding ----------------------------------------------------------------------

# read_state FOLDER NAME: sets server_pid, server_start and server_url; fails when it does not run.
read_state() {
    local file=$1/$2.state
    # A folder that another user has put there is not ours to believe.
    [[ -O $file ]] || return 1
    { read -r server_pid server_start server_url <"$file"; } 2>/dev/null || return 1
    is_running "$server_pid" "$server_start"
}

# Redirections and failures here must not keep the next server from being stopped.
stop_server() {
    local folder=$1 name=$2 server_pid server_start server_url
    if read_state "$folder" "$name"; then
        end_process "$server_pid" "$server_start" "$(stop_signal "$name")"
    fi
    rm -f "$folder/$name.state"
}

# stop_servers FOLDER: ends every server of the set and removes its folder.
stop_servers() {
    local folder=$1 name
    for name in "${all_servers[@]}"; do
        stop_server "$folder" "$name"
    done
    rm -rf "$folder"
}

# export_urls FOLDER NAME...: for the commands this script runs.
export_urls() {
    local folder=$1 name server_pid server_start server_url
    shift
    for name in "$@"; do
        if read_state "$folder" "$name"; then export "$(url_variable "$name")=$server_url"; fi
    done
}
