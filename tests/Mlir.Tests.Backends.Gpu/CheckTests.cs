using Mlir.Runtime;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>Kernels that can fail: neighbours that one thread computes are checked together.</summary>
[NonParallelizable]
public sealed class CheckTests
{
    /// <summary>A quotient of quotients, with a check before each.</summary>
    private const string Quotients = """
        func.func @f(%x: tensor<?xi32>, %y: tensor<?xi32>) -> tensor<?xi32> {
          %c0 = arith.constant 0 : index
          %n = tensor.dim %x, %c0 : tensor<?xi32>
          %e = tensor.empty(%n) : tensor<?xi32>
          %r = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
              ins(%x, %y : tensor<?xi32>, tensor<?xi32>) outs(%e : tensor<?xi32>) {
          ^bb0(%a: i32, %b: i32, %o: i32):
            %z = arith.constant 0 : i32
            %k = arith.constant 1000 : i32
            %ok = arith.cmpi ne, %b, %z : i32
            cf.assert %ok, "System.DivideByZeroException: The first one."
            %p = arith.divsi %k, %b : i32
            %fine = arith.cmpi ne, %p, %z : i32
            cf.assert %fine, "System.DivideByZeroException: The second one."
            %q = arith.divsi %a, %p : i32
            linalg.yield %q : i32
          } -> tensor<?xi32>
          return %r : tensor<?xi32>
        }
        """;

    [TestCase("ptx", 1)]
    [TestCase("ptx", 4)]
    [TestCase("ptx", 1027)]
    [TestCase("opencl", 1027)]
    public void What_holds_everywhere_changes_nothing(string device, int length) =>
        ProgramCheck.HasBitsOfTheCpu(
            ProgramCheck.BackendOf(device),
            Quotients,
            new HostBuffer(Enumerable.Range(0, length).Select(i => i * 77_777).ToArray(), length),
            new HostBuffer(Enumerable.Range(0, length).Select(i => (i % 999) + 1).ToArray(), length)
        );

    /// <summary>Whichever of the neighbours it is, and in what is left over, one that fails is the call's exception.</summary>
    [TestCase("ptx", 0, "first")]
    [TestCase("ptx", 5, "first")]
    [TestCase("ptx", 1023, "second")]
    [TestCase("ptx", 1026, "second")]
    [TestCase("opencl", 6, "second")]
    public void What_fails_somewhere_is_an_exception(string device, int at, string which)
    {
        const int Length = 1027;
        using var module = ProgramCheck.Compile(ProgramCheck.BackendOf(device), Quotients);
        var divisors = Enumerable.Repeat(7, Length).ToArray();
        divisors[at] = which == "first" ? 0 : 1001;
        Assert.That(
            () => module.Invoke("f", new HostBuffer(new int[Length], Length), new HostBuffer(divisors, Length)),
            Throws.InstanceOf<DivideByZeroException>().With.Message.Contains($"The {which} one at")
        );
    }
}
