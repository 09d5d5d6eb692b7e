# shellcheck shell=bash
# Running an example on servers that are started for it and stopped whatever happens. It sources
# what it needs itself, but for common.sh.

# shellcheck source=scripts/lib/install.sh
source "$lib/install.sh"
# shellcheck source=scripts/lib/mongod.sh
source "$lib/mongod.sh"
# shellcheck source=scripts/lib/process.sh
source "$lib/process.sh"
# shellcheck source=scripts/lib/run.sh
source "$lib/run.sh"
# shellcheck source=scripts/lib/servers.sh
source "$lib/servers.sh"

# The servers that the example is to run on, the option of the program that takes the address of
# each, and what else goes to the program.
servers=()
declare -A server_options=()
arguments=()

# take_servers ARGUMENT...: the servers of server_options whose --NAME is among the arguments of the
# script; the rest goes to the program.
take_servers() {
    local argument
    for argument in "$@"; do
        if [[ $argument == --* && -v "server_options[${argument#--}]" ]]; then
            servers+=("${argument#--}")
        else
            arguments+=("$argument")
        fi
    done
}

# Runs the program that was built, on the servers if there are to be some: those of the environment,
# or some that are started for it.
run_example() {
    local name variable url
    ((${#servers[@]})) || exec "$program" "${arguments[@]}"
    install_servers "${servers[@]}"
    clean_up_at_exit
    make_work_folder
    start_servers "$work" "${servers[@]}"
    export_urls "$work" "${servers[@]}"
    for name in "${servers[@]}"; do
        variable=$(url_variable "$name")
        url=${!variable}
        # Everybody on the machine can read the arguments of a program. Ours is hexadecimal digits,
        # the same in a URL and in the environment.
        if [[ $url =~ ^(postgresql://postgres):([0-9a-f]{32})(@127\.0\.0\.1:.*)$ ]]; then
            export PGPASSWORD=${BASH_REMATCH[2]}
            url=${BASH_REMATCH[1]}${BASH_REMATCH[3]}
        fi
        arguments+=("${server_options[$name]}" "$url")
    done
    start_session "$program" "${arguments[@]}"
    await_session
}
