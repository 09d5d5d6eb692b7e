# shellcheck shell=bash
# Processes by id. A process id alone may have been given to another process since; together with
# the time the process started it is unique until the machine restarts.

# Sets the array process_fields to what /proc/PID/stat tells after the name, from the state on,
# which is field 3 in proc(5); fails when the process has ended.
read_process() {
    local stat=
    # Not with $(<file): when the file has gone, Bash 5.2 leaves the shell, condition or not.
    { read -rd '' stat <"/proc/$1/stat"; } 2>/dev/null || true
    [[ -n $stat ]] || return 1
    # The name may hold blanks and brackets; what follows its closing bracket does not.
    read -ra process_fields <<<"${stat##*) }"
    [[ ${process_fields[0]} != Z ]]
}

# Prints when the process started, in clock ticks since boot.
process_start() {
    local process_fields
    read_process "$1" && printf '%s\n' "${process_fields[19]}"
}

# Prints the ids of the processes in a session.
session_members() {
    local folder process_fields
    for folder in /proc/[0-9]*; do
        if read_process "${folder#/proc/}" && [[ ${process_fields[3]} == "$1" ]]; then
            printf '%s\n' "${folder#/proc/}"
        fi
    done
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
