# shellcheck shell=bash
# Running a command between the start and the end of private servers, so that whatever happens to
# the script, the command or the terminal, neither a server nor a child of the command stays.

# The folder of the servers, once there is one.
work=
# The session of the command while it runs: its process id, and the session id of its children.
session=

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
    end_session
    if [[ -n $work ]]; then stop_servers "$work"; fi
}

# Sets work to a new folder for this script's servers.
make_work_folder() {
    remove_abandoned_folders
    work=$(new_server_folder)
    printf '%s %s\n' "$$" "$(process_start "$$")" >"$work/owner"
}

# What scripts that were killed by SIGKILL could not remove.
remove_abandoned_folders() {
    local file pid start
    for file in /tmp/storagekit.*/owner; do
        [[ -O $file ]] || continue
        { read -r pid start <"$file"; } 2>/dev/null || continue
        is_running "$pid" "$start" || stop_servers "${file%/owner}"
    done
}

# start_session COMMAND...: in a session of its own, because children are known by it even where
# they are in other process groups, as Foundation's are; and in the background, because bash acts
# on a signal only while no command is in its foreground. Bash makes background commands ignore
# Ctrl-C, which they would pass on to their children: env undoes that. It ends when the script is
# killed.
start_session() {
    setsid setpriv --pdeathsig TERM env --default-signal=INT,QUIT "$@" </dev/null 9>&- &
    session=$!
}

# Waits for the command, ends what it has left behind and returns its exit code.
await_session() {
    local status=0
    wait "$session" || status=$?
    end_session
    return "$status"
}

end_session() {
    local members tries signal=TERM
    [[ -n $session ]] || return 0
    for ((tries = 0; tries < 100; tries++)); do
        mapfile -t members < <(session_members "$session")
        ((${#members[@]})) || break
        # Processes started by Foundation on Linux have SIGTERM blocked.
        ((tries < 20)) || signal=KILL
        kill -s "$signal" "${members[@]}" 2>/dev/null || true
        sleep 0.1
    done
    session=
}
