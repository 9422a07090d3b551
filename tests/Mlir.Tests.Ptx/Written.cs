namespace Mlir.Tests.Ptx;

/// <summary>PTX written by hand: what stands around a kernel's body.</summary>
internal static class Written
{
    public const string Header = ".version 7.0\n.target sm_80\n.address_size 64\n";

    /// <summary>The same for Hopper, with as many lines.</summary>
    public const string HopperHeader = ".version 8.0\n.target sm_90a\n.address_size 64\n";

    /// <summary>
    /// A kernel <c>k</c> with one array, whose address is in <c>%rd1</c>; <c>%r1</c> holds the thread, <c>%rd2</c> the address of
    /// its element of four bytes.
    /// </summary>
    public static PtxModule Kernel(string body, string before = "") => PtxModule.Parse(Text(body, before));

    /// <summary>The same, made for Hopper.</summary>
    public static PtxModule HopperKernel(string body) =>
        PtxModule.Parse(Text(body).Replace(Header, HopperHeader, StringComparison.Ordinal));

    public static string Text(string body, string before = "") =>
        Header
        + before
        + """
            .visible .entry k(.param .u64 k_param_0)
            {
                .reg .pred %p<16>;
                .reg .b16 %rs<32>;
                .reg .b32 %r<64>;
                .reg .f32 %f<32>;
                .reg .b64 %rd<32>;
                .reg .f64 %fd<32>;
                ld.param.u64 %rd1, [k_param_0];
                mov.u32 %r1, %tid.x;
                mul.wide.u32 %rd2, %r1, 4;
                add.s64 %rd2, %rd1, %rd2;
            """
        + "\n"
        + body
        + "\n}\n";

    /// <summary>The line of <see cref="Text"/> that the body's first line stands on.</summary>
    public static int FirstLine(string before = "") => 16 + before.Count(c => c == '\n');

    /// <summary>Runs one block and gives the array back.</summary>
    public static uint[] Run(
        string body,
        int threads = 32,
        int blocks = 1,
        int? count = null,
        PtxChecks checks = PtxChecks.All
    )
    {
        using var machine = new PtxMachine(new() { Checks = checks });
        var address = machine.Allocate(4 * (count ?? (threads * blocks)));
        _ = machine.Launch(Kernel(body).Kernels["k"], blocks, threads, 0, address);
        return machine.Download<uint>(address, count ?? (threads * blocks));
    }

    /// <summary>Runs one block and gives the error that it ends with.</summary>
    public static PtxFaultException Fault(
        string body,
        int threads = 32,
        int blocks = 1,
        string before = "",
        int dynamicShared = 0,
        PtxMachineOptions? options = null
    )
    {
        using var machine = new PtxMachine(options);
        var address = machine.Allocate(4 * threads * blocks);
        var kernel = Kernel(body, before).Kernels["k"];
        return Assert.Throws<PtxFaultException>(() => machine.Launch(kernel, blocks, threads, dynamicShared, address))!;
    }
}
