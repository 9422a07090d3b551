namespace Mlir.Tests.Ptx;

/// <summary>Whole kernels as the compiler writes them, against the same in C#.</summary>
public sealed class KernelTests
{
    private const string Ids = """
        declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()
        declare i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
        declare i32 @llvm.nvvm.read.ptx.sreg.ntid.x()
        declare void @llvm.nvvm.barrier.cta.sync.aligned.all(i32) convergent
        define internal i32 @id() alwaysinline {
          %b = call i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
          %d = call i32 @llvm.nvvm.read.ptx.sreg.ntid.x()
          %t = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
          %m = mul i32 %b, %d
          %r = add i32 %m, %t
          ret i32 %r
        }

        """;

    [Test]
    public void An_elementwise_kernel_computes_what_the_host_computes([Values(1, 4)] int threads)
    {
        var module = Compiled.Module(
            Ids
                + """
                declare float @llvm.fma.f32(float, float, float)
                define ptx_kernel void @axpy(ptr addrspace(1) noalias align 16 %x, ptr addrspace(1) align 16 %y, float %a, i32 %n) {
                  %i = call i32 @id()
                  %ok = icmp slt i32 %i, %n
                  br i1 %ok, label %body, label %done
                body:
                  %j = zext nneg i32 %i to i64
                  %px = getelementptr float, ptr addrspace(1) %x, i64 %j
                  %py = getelementptr float, ptr addrspace(1) %y, i64 %j
                  %vx = load float, ptr addrspace(1) %px
                  %vy = load float, ptr addrspace(1) %py
                  %f = call float @llvm.fma.f32(float %vx, float %a, float %vy)
                  store float %f, ptr addrspace(1) %py
                  br label %done
                done:
                  ret void
                }
                """
        );
        using var machine = new PtxMachine(new() { Threads = threads });
        var random = new Random(3);
        var x = Enumerable.Range(0, 1000).Select(_ => random.NextSingle()).ToArray();
        var y = x.Select(_ => random.NextSingle()).ToArray();
        var (px, py) = (machine.Upload<float>(x), machine.Upload<float>(y));

        var statistics = machine.Launch(module.Kernels["axpy"], 8, 128, 0, px, py, 2.5f, 1000);

        Assert.That(
            machine.Download<float>(py, 1000),
            Is.EqualTo(x.Zip(y, (a, b) => MathF.FusedMultiplyAdd(a, 2.5f, b)))
        );
        Assert.That(statistics.Blocks, Is.EqualTo(8));
        Assert.That(statistics.GlobalBytes, Is.EqualTo(3 * 4 * 1000));
    }
}
