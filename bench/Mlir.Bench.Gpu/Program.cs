using Mlir.Bench.Gpu;

// What bench/gpu.sh runs: checks every kernel of a device against the processor, then measures it beside the peers of the machine.
return args switch
{
    [FirstResult.Role, var device] => FirstResult.Run(device),
    ["check", .. var rest] => RunOptions.Parse(rest) is { } options ? new DeviceRun(options).Check() : Usage(),
    ["table", .. var rest] => RunOptions.Parse(rest) is { } options ? new DeviceRun(options).Measure() : Usage(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        Mlir.Bench.Gpu check|table [--device NAME] [--small] [--only TEXT] [--out FOLDER] [--peers PROGRAM…]
          --device   cuda:0 unless told otherwise; ptx and opencl show that everything works
          --small    sizes for devices that are none
          --only     the cases whose name contains TEXT
          --out      where table (gpu.md) and figures (DATE-gpu-DEVICE.csv) are written; nowhere unless told
          --peers    what answers for the peers: the rest of the line, usually python3 gpu_peers.py
        """
    );
    return 2;
}
