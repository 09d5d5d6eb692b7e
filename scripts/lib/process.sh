# shellcheck shell=bash
# Processes by id. A process id alone may have been given to another process since; together with
# the time the process started it is unique until the machine restarts.

# Prints when the process started, in clock ticks since boot; fails when it has ended.
process_start() {
    local stat fields
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    # The name, second field, may hold blanks; what follows its closing bracket does not.
    read -ra fields <<<"${stat##*) }"
    [[ ${fields[0]} != Z ]] || return 1
    printf '%s\n' "${fields[19]}"
}

# is_running PID START
is_running() {
    [[ $(process_start "$1") == "$2" ]]
}

# end_process PID START SIGNAL: sends the signal, and SIGKILL to what has not ended 10 s later.
end_process() {
    local pid=$1 start=$2 signal=$3 tries
    is_running "$pid" "$start" || return 0
    kill -s "$signal" "$pid" 2>/dev/null || true
    for ((tries = 0; tries < 200; tries++)); do
        is_running "$pid" "$start" || return 0
        sleep 0.05
    done
    kill -s KILL "$pid" 2>/dev/null || true
    while is_running "$pid" "$start"; do sleep 0.05; done
}
