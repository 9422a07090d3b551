namespace Mlir.Tests.Ptx;

/// <summary>Threads of a warp that want different words of one bank of shared memory are counted.</summary>
public sealed class SharedBankTests
{
    /// <param name="step">The bytes between the threads' places.</param>
    /// <param name="access">The bytes that each accesses.</param>
    [TestCase(4, 4, ExpectedResult = 0)]
    [TestCase(8, 4, ExpectedResult = 1)]
    [TestCase(132, 4, ExpectedResult = 0)]
    [TestCase(128, 4, ExpectedResult = 31)]
    [TestCase(0, 4, ExpectedResult = 0, Description = "all get the same word at once")]
    [TestCase(1, 1, ExpectedResult = 0)]
    [TestCase(8, 8, ExpectedResult = 0)]
    [TestCase(16, 8, ExpectedResult = 2, Description = "half warps, each in two turns")]
    [TestCase(16, 16, ExpectedResult = 0)]
    [TestCase(32, 16, ExpectedResult = 4, Description = "quarter warps, each in two turns")]
    public long Turns_beyond_the_first_are_counted(int step, int access)
    {
        var values = access switch
        {
            1 => "ld.shared.u8 %r4, [%r3]",
            4 => "ld.shared.b32 %r4, [%r3]",
            8 => "ld.shared.v2.b32 {%r4, %r5}, [%r3]",
            _ => "ld.shared.v4.b32 {%r4, %r5, %r6, %r7}, [%r3]",
        };
        var kernel = Written.Kernel(
            $"""
            .shared .align 16 .b8 s[8192];
            mov.u32 %r2, s;
            mad.lo.s32 %r3, %r1, {step}, %r2;
            {values};
            """
        );
        using var machine = new PtxMachine(new() { Checks = PtxChecks.None });
        return machine.Launch(kernel.Kernels["k"], 1, 32, 0, machine.Allocate(4)).BankConflicts;
    }
}
