#!/usr/bin/env bash
# Checks every kernel of a GPU against the processor and prints the table of measurements beside the peers of that machine.
#
#   bench/gpu.sh pack [FILE]        everything that a bare machine needs, in one archive (artifacts/gpu/mlir-gpu.tar.xz); takes .NET and
#                                   llvm-22-dev
#   bench/gpu.sh run [OPTION…]      checks, then measures; takes the archive and NVIDIA's driver, no .NET, no toolkit, no network
#                                   --device NAME (cuda:0), --small, --only TEXT, --out FOLDER (bench/results; artifacts/gpu for what is no GPU)
#   bench/gpu.sh check [OPTION…]    the checks alone
#
# The archive is looked for in artifacts/gpu and beside this file, and packed where .NET is at hand and it is missing.
set -eu
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
root=$(dirname "$here")
work="$root/artifacts/gpu"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

say() { printf 'gpu.sh: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# ---------------------------------------------------------------- pack

# The parts of LLVM that the project calls, as one library without Debian's company of libraries: a third of its size.
link_llvm() {
    local config=llvm-config-22 interop="$root/backends/Mlir.Backends.Llvm/Interop" out=$1 target part name
    command -v $config >/dev/null && command -v g++ >/dev/null || fail "packing takes llvm-22-dev and g++: apt-get install llvm-22-dev g++"
    local names=(LLVMGetVersion LLVMInitializeX86AsmParser)
    for target in NVPTX X86 SPIRV; do
        for part in TargetInfo Target TargetMC AsmPrinter; do names+=("LLVMInitialize$target$part"); done
    done
    mapfile -t -O ${#names[@]} names < <(grep -rhoE '\bLLVM[A-Z][A-Za-z0-9]+\(' "$interop"/LLVM*.cs | tr -d '(' | sort -u)
    { echo '{ global:'; printf '%s;\n' "${names[@]}"; echo 'local: *; };'; } >"$work/llvm.map"
    local keep=()
    for name in "${names[@]}"; do keep+=("-Wl,-u,$name"); done
    # shellcheck disable=SC2046 # a list of files
    g++ -fuse-ld=gold -shared -fPIC -o "$out/libLLVM.so.22.1" "${keep[@]}" \
        -Wl,--start-group $($config --link-static --libfiles nvptx x86 spirv passes irreader bitreader orcjit) -Wl,--end-group \
        -Wl,--version-script="$work/llvm.map" -Wl,--gc-sections -Wl,--icf=all -Wl,-s -Wl,-rpath,'$ORIGIN' \
        -static-libstdc++ -static-libgcc -l:libz.a -l:libzstd.so.1 -lm -ldl -lpthread
    cp -L "$(g++ -print-file-name=libzstd.so.1)" "$out/"
}

pack() {
    local archive=${1:-$work/mlir-gpu.tar.xz} stage="$work/mlir-gpu"
    command -v dotnet >/dev/null || fail "packing takes the .NET SDK 10"
    rm -rf "$stage"
    mkdir -p "$stage"
    say "publishing the program"
    # Its own folder for what is built, and lock files of its own: the build for one platform leaves the usual one alone.
    dotnet publish "$root/bench/Mlir.Bench.Gpu" -c Release -r linux-x64 --self-contained -v q -o "$stage" \
        --artifacts-path "$work/build" -p:NuGetLockFilePath="obj/gpu.lock.json" -p:PublishReadyToRun=true \
        -p:GenerateDocumentationFile=false -p:DebugType=none >"$work/publish.log" 2>&1 ||
        { tail -n 20 "$work/publish.log" >&2; fail "the program could not be published"; }
    say "linking LLVM"
    link_llvm "$stage"
    cp "$here/gpu_peers.py" "$stage/"
    say "writing $archive"
    XZ_OPT=-T0 tar -C "$work" -cJf "$archive" mlir-gpu
    say "$(du -h "$archive" | cut -f1) packed, $(du -sh "$stage" | cut -f1) unpacked"
}

# ---------------------------------------------------------------- run

# Unpacks the archive unless that was done; prints the folder.
program() {
    local archive="" candidate folder
    for candidate in "$work/mlir-gpu.tar.xz" "$here/mlir-gpu.tar.xz"; do [ -e "$candidate" ] && archive=$candidate && break; done
    if [ -z "$archive" ]; then
        command -v dotnet >/dev/null || fail "there is no archive: make one with 'bench/gpu.sh pack' where .NET is, and bring it along"
        pack
        archive="$work/mlir-gpu.tar.xz"
    fi
    folder="${TMPDIR:-/tmp}/mlir-gpu.$(id -u)/$(cksum <"$archive" | tr ' ' -)"
    if [ ! -e "$folder/complete" ]; then
        mkdir -p "$folder"
        if command -v xz >/dev/null; then
            tar -C "$folder" -xJf "$archive"
        else
            python3 -c 'import sys, tarfile; tarfile.open(sys.argv[1]).extractall(sys.argv[2])' "$archive" "$folder"
        fi
        : >"$folder/complete"
    fi
    echo "$folder/mlir-gpu"
}

run() {
    local folder device=cuda:0 out="" rest=() peers=()
    while [ $# -gt 0 ]; do
        case $1 in
        --device) device=${2:?--device takes a name}; shift ;;
        --out) out=${2:?--out takes a folder}; shift ;;
        *) rest+=("$1") ;;
        esac
        shift
    done
    folder=$(program)
    export MLIR_LLVM_LIBRARY="$folder/libLLVM.so.22.1"
    # What is no GPU leaves the results of GPUs alone; where there is no GPU, the table says so, and its rows are empty.
    case $device in cuda*) out=${out:-$here/results} ;; *) out=${out:-$work/results} ;; esac
    command -v python3 >/dev/null && peers=(--peers python3 "$folder/gpu_peers.py")
    local status=0
    "$folder/Mlir.Bench.Gpu" check --device "$device" ${rest[@]+"${rest[@]}"} || status=$?
    if [ "$what" = run ]; then
        "$folder/Mlir.Bench.Gpu" table --device "$device" --out "$out" ${rest[@]+"${rest[@]}"} ${peers[@]+"${peers[@]}"} || status=$?
    fi
    return $status
}

what=${1:-}
[ $# -gt 0 ] && shift
case $what in
pack) mkdir -p "$work"; pack "$@" ;;
run | check) mkdir -p "$work"; run "$@" ;;
*) sed -n '2,/^set/{s/^# \{0,1\}//;/^set/!p}' "${BASH_SOURCE[0]}"; exit 2 ;;
esac
