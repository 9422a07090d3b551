#!/usr/bin/env bash
# Sets up what is missing (system packages, restore, build), then runs the command line. Idempotent; says what it does.
#
#   ./mlir quickstart | opt | run | translate | …   the command line (./mlir --help)
#   ./mlir test [NAME…] [--filter EXPRESSION]       every test, or those of the projects whose name contains NAME
#   ./mlir bench [FILTER] [--csv]                   benchmarks
#   ./mlir bench --peers KIT [SECTION…]             a kit of peers, with this project in every round
#   ./mlir setup                                    the set-up alone; also tries again what could not be installed
set -u
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd) || exit 1
work="$root/artifacts"
export MLIR_ROOT="$root" DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '%s\n' "$*" >&2; }
fail() { say "mlir: $*"; exit 1; }

# ---------------------------------------------------------------- .NET

find_dotnet() {
    if ! command -v dotnet >/dev/null; then
        local home system="${MLIR_SYSROOT:-}"
        for home in "${DOTNET_ROOT:-}" "${HOME:-/root}/.dotnet" "$system"/usr/{share,lib,local/share}/dotnet; do
            [ -x "$home/dotnet" ] && PATH="$home:$PATH" && return
        done
        fail "the .NET SDK 10 is missing: install it as https://learn.microsoft.com/dotnet/core/install says, and run this again"
    fi
}

# ---------------------------------------------------------------- system packages

# LLVM's C library, where backends/Mlir.Backends.Llvm looks for it. MLIR_SYSROOT stands before every path.
have_llvm() {
    [ -n "${MLIR_LLVM_LIBRARY:-}" ] && [ -e "$MLIR_LLVM_LIBRARY" ] && return
    local found system="${MLIR_SYSROOT:-}"
    for found in "$system"/usr/lib/{,*-linux-gnu/}libLLVM{.so.,-}{22,21,20,19,18}* \
        "$system"/usr/lib64/libLLVM{.so.,-}{22,21,20,19,18}* "$system"/usr/lib/llvm-{22,21,20,19,18}/lib/libLLVM* \
        "$system"/opt/homebrew/opt/llvm*/lib/libLLVM.dylib "$system"/usr/local/opt/llvm*/lib/libLLVM.dylib; do
        [ -e "$found" ] && return
    done
    return 1
}

have_package() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# How to become root without asking a question that nobody can answer; fails where there is no way.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        sudo "$@"
    else
        return 1
    fi
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 "$@" >>"$work/setup.log" 2>&1
}

# Installs Debian packages; what failed once is not tried again before './mlir setup'.
install_packages() {
    local wanted=("$@") how="apt-get install ${*}" note
    note="$work/setup/not-installed-${wanted[*]// /-}"
    note=${note// /-}
    [ -e "$note" ] && return 1
    mkdir -p "$work/setup"
    if ! command -v apt-get >/dev/null; then
        say "mlir: this system has no apt-get."
    elif [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
        say "mlir: installing system packages takes root or sudo; there is neither."
    else
        say "mlir: installing system packages: ${wanted[*]}"
        : >"$work/setup.log"
        apt install --no-install-recommends "${wanted[@]}" && return
        say "mlir: refreshing the package lists first"
        apt update
        apt install --no-install-recommends "${wanted[@]}" && return
        say "mlir: apt-get could not install ${wanted[*]}; the end of $work/setup.log:"
        tail -n 5 "$work/setup.log" | sed 's/^/    /' >&2
    fi
    say "mlir: please install by hand: $how"
    : >"$note"
    return 1
}

install_llvm() {
    have_llvm && return
    if command -v apt-get >/dev/null; then
        local version
        for version in 22 21 20 19 18; do
            if [ "$version" = 22 ] || apt-cache show "libllvm$version" >/dev/null 2>&1; then
                install_packages "libllvm$version" && return
            fi
        done
        say "mlir: LLVM is missing ('apt-get install libllvm22', then './mlir setup'): the interpreter runs instead, slowly"
    else
        say "mlir: LLVM 18 to 22 is missing (Fedora: 'dnf install llvm-libs', Arch: 'pacman -S llvm-libs', macOS:" \
            "'brew install llvm', or name the library in MLIR_LLVM_LIBRARY): the interpreter runs instead, slowly"
    fi
}

# What the tests compare against: both LLVMs, the real mlir-opt, NumPy with exact arithmetic, gRPC's clients in other languages; an OpenCL
# device and what it takes code in; a browser and a second layout for pictures; 64-bit ARM, emulated.
install_test_tools() {
    command -v dpkg-query >/dev/null || return
    local package missing=()
    for package in libllvm22 libllvm19 mlir-22-tools python3-numpy python3-mpmath libmpfr6 python3-grpcio python3-protobuf \
        protobuf-compiler chromium graphviz pocl-opencl-icd llvm-spirv-15 llvm-22 \
        gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user; do
        have_package "$package" || missing+=("$package")
    done
    [ ${#missing[@]} = 0 ] || install_packages "${missing[@]}" ||
        say "mlir: tests that need ${missing[*]} report themselves skipped (failed where REQUIRE_MLIR_TOOLS=1)"
    command -v npm >/dev/null || install_packages nodejs npm || return 0
    install_node_packages
}

# The packages of the client in JavaScript, exactly those of the lock file.
install_node_packages() {
    local source="$root/tests/Mlir.Tests.Remote.Server/Foreign" packages="$work/node"
    cmp -s "$source/package-lock.json" "$packages/installed.json" && return
    rm -rf "$packages"
    mkdir -p "$packages"
    cp "$source/package.json" "$source/package-lock.json" "$packages/"
    if (cd "$packages" && npm ci --ignore-scripts --no-audit --no-fund) >"$work/npm.log" 2>&1; then
        cp "$source/package-lock.json" "$packages/installed.json"
    else
        say "mlir: npm could not install gRPC for Node.js; the end of $work/npm.log:"
        tail -n 5 "$work/npm.log" | sed 's/^/    /' >&2
    fi
}

# ---------------------------------------------------------------- build

# Changes whenever a file of the product does: names, sizes and times of all of them.
fingerprint() {
    (cd "$root" && find dialects lowering backends runtime frontend Directory.Build.props Directory.Packages.props global.json \
        \( -name bin -o -name obj \) -prune -o -type f -printf '%p %s %T@\n' | LC_ALL=C sort | cksum)
}

# Runs a step of the build with its output shown on failure only.
step() {
    local what=$1 log
    shift
    log="$work/${what// /-}.log"
    say "mlir: $what (the first time takes a minute or two)"
    "$@" >"$log" 2>&1 9>&- && return # a compiler that stays behind must not keep the lock
    grep -E '(error|warning) [A-Z]+[0-9]+' "$log" | sort -u | head -n 20 >&2 || true
    tail -n 15 "$log" >&2
    return 1
}

build_cli() {
    local now
    now=$(fingerprint)
    [ -x "$work/cli/Mlir.Cli" ] && [ "$(cat "$work/cli/fingerprint" 2>/dev/null)" = "$now" ] && return
    mkdir -p "$work"
    exec 9>"$work/lock"
    flock 9 2>/dev/null # two runs build one after the other
    if [ "$(cat "$work/cli/fingerprint" 2>/dev/null)" != "$now" ]; then
        local publish=(dotnet publish "$root/frontend/Mlir.Cli" -c Release -v q -o "$work/cli.new")
        rm -rf "$work/cli.new"
        step "building the command line" "${publish[@]}" -p:PublishReadyToRun=true ||
            step "building the command line without ahead-of-time code" "${publish[@]}" ||
            { say "mlir: the build failed; the whole log is in $work"; return 1; }
        printf '%s\n' "$now" >"$work/cli.new/fingerprint"
        rm -rf "$work/cli"
        mv "$work/cli.new" "$work/cli"
    fi
    exec 9>&-
    return 0
}

run_cli() {
    # The program finds its runtime where this script found it.
    local home
    home=$(dirname "$(readlink -f "$(command -v dotnet)")")
    [ -d "$home/shared" ] && export DOTNET_ROOT="$home"
    exec "$work/cli/Mlir.Cli" "$@"
}

# ---------------------------------------------------------------- tests

run_tests() {
    local names=() filter=() name project
    while [ $# -gt 0 ]; do
        case $1 in
        --filter) filter=(--filter "${2:?--filter needs an expression}"); shift ;;
        -*) fail "unknown option '$1': ./mlir test [NAME…] [--filter EXPRESSION]" ;;
        *) names+=("$1") ;;
        esac
        shift
    done
    local projects=()
    for project in "$root"/tests/*/*.csproj; do
        grep -q '<IsTestProject>false<' "$project" && continue # a program that tests start
        name=$(basename "$project" .csproj)
        if [ ${#names[@]} = 0 ]; then
            projects+=("$name")
        else
            local part
            for part in "${names[@]}"; do
                case ${name,,} in *"${part,,}"*) projects+=("$name") && break ;; esac
            done
        fi
    done
    [ ${#projects[@]} -gt 0 ] || fail "no test project is called '${names[*]}'; there are: $(ls "$root/tests")"

    local passed=0 failed=0 skipped=0 results="$work/tests" began=$SECONDS
    rm -rf "$results"
    mkdir -p "$results"
    if [ "${CI:-}" = true ]; then
        # In CI, code that is not laid out as csharpier lays it out fails as one test would.
        if (cd "$root" && dotnet tool restore && dotnet csharpier check .) >"$results/format.log" 2>&1; then
            passed=1
            echo "ok      format"
        else
            failed=1
            tail -n 40 "$results/format.log"
            echo "FAILED  format: run 'dotnet csharpier format .'"
        fi
    fi
    if [ ${#names[@]} = 0 ]; then
        step "building everything" dotnet build "$root/Mlir.sln" -c Release -v q || build_failed
    else
        for name in "${projects[@]}"; do
            step "building $name" dotnet build "$root/tests/$name/$name.csproj" -c Release -v q || build_failed
        done
    fi

    # Two at a time on two processors; each prints its line when it is done.
    local jobs
    jobs=$(nproc 2>/dev/null || echo 2)
    [ "$jobs" -le 4 ] || jobs=4
    export -f run_test_project
    export root results
    printf '%s\n' "${projects[@]}" | xargs -P "$jobs" -I{} bash -c 'run_test_project "$@"' _ {} ${filter[@]+"${filter[@]}"}

    local line
    for name in "${projects[@]}"; do
        line=$(cat "$results/$name.total" 2>/dev/null) || line="0 1 0"
        read -r p f s <<<"$line"
        passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    done
    say "mlir: tests took $((SECONDS - began)) s; logs are in $results"
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ]
}

build_failed() {
    echo "FAILED  build"
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
}

run_test_project() {
    local name=$1 log="$results/$1.log" began=$SECONDS code summary p f s
    shift
    dotnet test "$root/tests/$name/bin/Release/net10.0/$name.dll" --logger "console;verbosity=normal" \
        --blame-hang-timeout 10m --blame-hang-dump-type none --results-directory "$results/$name" "$@" >"$log" 2>&1
    code=$?
    count() { sed -nE "s/^ *$1: ([0-9]+)\$/\1/p" "$log" | tail -n 1; }
    p=$(count Passed) f=$(count Failed) s=$(count Skipped)
    p=${p:-0} f=${f:-0} s=${s:-0}
    summary="$p passed, $f failed, $s skipped"
    if [ "$f" = 0 ] && { [ "$code" != 0 ] || { [ "$p" = 0 ] && [ $# = 0 ]; }; }; then
        f=1 # the test process crashed, hung, or found no test
        summary="$p passed, then the run broke off"
        tail -n 40 "$log"
    elif [ "$f" != 0 ]; then
        sed -nE '/^ *Failed [^:]/,/^ *(Passed|Skipped) [^:]|^Test Run/p' "$log" | grep -vE '^ *(Passed|Skipped) ' | head -n 200
    fi
    echo "$p $f $s" >"$results/$name.total"
    printf '%-7s %s: %s (%s s)\n' "$([ "$f" = 0 ] && echo ok || echo FAILED)" "$name" "$summary" "$((SECONDS - began))"
}

# ---------------------------------------------------------------- commands

find_dotnet
case ${1:-} in
setup)
    rm -rf "$work/setup"
    install_llvm
    build_cli || exit 1
    say "mlir: everything is in place"
    ;;
test)
    shift
    case ${1:-} in -h | --help | -\?) build_cli && run_cli test --help ;; esac
    mkdir -p "$work"
    install_llvm
    install_test_tools
    build_cli || build_failed
    run_tests "$@"
    ;;
bench)
    shift
    case ${1:-} in -h | --help | -\?) build_cli && run_cli bench --help ;; esac
    mkdir -p "$work"
    install_llvm
    step "building the benchmarks" dotnet build "$root/bench/Mlir.Bench" -c Release -v q || exit 1
    bench="$root/bench/Mlir.Bench/bin/Release/net10.0/Mlir.Bench.dll"
    if [ "${1:-}" = --peers ] && [ -d "${2:-}" ]; then
        [ -x "$2/run.sh" ] || {
            echo "mlir: $2 holds no run.sh; --peers takes the folder of a built peer kit" >&2
            exit 2
        }
        kit=$2
        shift 2
        [ $# -gt 0 ] || set -- B C
        PROJECT="dotnet $bench --peers" exec "$kit/run.sh" "$@"
    fi
    exec dotnet "$bench" "$@"
    ;;
complete | completion | --version)
    build_cli || exit 1
    run_cli "$@"
    ;;
*)
    install_llvm
    build_cli || exit 1
    run_cli "$@"
    ;;
esac
