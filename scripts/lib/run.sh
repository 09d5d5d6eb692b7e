# shellcheck shell=bash
# Running a command between the start and the end of private servers, so that whatever happens to
# the script, the command or the terminal, neither a server nor a child of the command stays.

# The folder of the servers, once there is one.
work=
# The process group of the command while it runs.
group=

# Call it before starting anything.
clean_up_at_exit() {
    servers_end_with_script=yes
    trap clean_up EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

clean_up() {
    # A second Ctrl-C must not interrupt this.
    trap '' HUP INT TERM
    end_group
    if [[ -n $work ]]; then stop_servers "$work"; fi
}

# start_group COMMAND...: in a process group of its own, so that all of it can be ended, and in the
# background, because bash acts on a signal only while no command is in its foreground.
start_group() {
    set -m
    "$@" </dev/null 9>&- &
    group=$!
    set +m
}

# Waits for the command, ends what it has left behind and returns its exit code.
await_group() {
    local status=0
    wait "$group" || status=$?
    end_group
    return "$status"
}

end_group() {
    local tries
    [[ -n $group ]] || return 0
    for ((tries = 0; tries < 50; tries++)); do
        kill -s TERM -- "-$group" 2>/dev/null || break
        sleep 0.1
    done
    kill -s KILL -- "-$group" 2>/dev/null || true
    group=
}
