using Mlir.Backends.Llvm;
using Mlir.Backends.Llvm.Gpu;
using Mlir.Dialects.Builtin;
using Mlir.Lowering;
using Mlir.Lowering.Gpu;

namespace Mlir.Tests.Backends.Llvm.Gpu;

/// <summary>What makes kernels fast, and what makes them load everywhere, in the text of the PTX.</summary>
public sealed class KernelTextTests
{
    /// <summary>Kernels are made by the version that the project is built against; older ones have no SPIR-V.</summary>
    [SetUp]
    public void Newest() => Assume.That(LlvmLibrary.Version.Major, Is.EqualTo(22));

    private const string Chain = """
        func.func @f(%x: tensor<?xf32>, %y: tensor<?xf32>, %r: f32) -> tensor<?xf32> {
          %0 = math.exp %x : tensor<?xf32>
          %1 = arith.mulf %0, %y : tensor<?xf32>
          %2 = arith.addf %1, %x : tensor<?xf32>
          return %2 : tensor<?xf32>
        }
        """;

    private const string Sum = """
        func.func @f(%x: tensor<?xf32>) -> f32 {
          %z = arith.constant 0.0 : f32
          %e = tensor.empty() : tensor<f32>
          %i = linalg.fill ins(%z : f32) outs(%e : tensor<f32>) -> tensor<f32>
          %s = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]}
              ins(%x : tensor<?xf32>) outs(%i : tensor<f32>) {
          ^bb0(%a: f32, %acc: f32):
            %n = arith.addf %acc, %a : f32
            linalg.yield %n : f32
          } -> tensor<f32>
          %r = tensor.extract %s[] : tensor<f32>
          return %r : f32
        }
        """;

    private static ModuleOp Lowered(string text, GpuTarget target)
    {
        var module = (ModuleOp)TranslationTests.Parse(text);
        new PassManager().RunOrThrow(GpuLowering.PipelineFor(target), module);
        return module;
    }

    /// <summary>One kernel, four elements at once, through the read-only cache, all in registers, with the target's promises.</summary>
    [Test]
    public void A_fused_chain_reads_and_writes_sixteen_bytes_at_once()
    {
        var ptx = GpuCompiler.ToPtx(Lowered(Chain, GpuTarget.Ptx));
        Assert.That(ptx.Split(".visible .entry"), Has.Length.EqualTo(2));
        Assert.That(ptx, Does.Contain("ld.global.nc.v4.b32").And.Contain("st.global.v4.b32"));
        Assert.That(ptx, Does.Contain(".target sm_80").And.Contain(".maxntid 256"));
        Assert.That(
            ptx,
            Does.Not.Contain(".local").And.Not.Contain("call").And.Not.Contain(".approx").And.Not.Contain(".ftz")
        );
    }

    [Test]
    public void Sums_are_added_by_warps_without_atomics()
    {
        var ptx = GpuCompiler.ToPtx(Lowered(Sum, GpuTarget.Ptx));
        Assert.That(ptx, Does.Contain("shfl.sync.down.b32").And.Contain("bar.sync").And.Contain("ld.global.nc"));
        Assert.That(
            ptx,
            Does.Not.Contain(".local").And.Not.Contain("call").And.Not.Contain("atom").And.Not.Contain("red.")
        );
    }

    private const string Softmax = """
        func.func @f(%x: tensor<?x?xf32>) -> tensor<?x?xf32> {
          %c0 = arith.constant 0 : index
          %c1 = arith.constant 1 : index
          %n = tensor.dim %x, %c0 : tensor<?x?xf32>
          %k = tensor.dim %x, %c1 : tensor<?x?xf32>
          %lowest = arith.constant 0xFF800000 : f32
          %zero = arith.constant 0.0 : f32
          %low = tensor.splat %lowest[%n] : tensor<?xf32>
          %none = tensor.splat %zero[%n] : tensor<?xf32>
          %rows = tensor.empty(%n, %k) : tensor<?x?xf32>
          %m = linalg.reduce { arith.maximumf } ins(%x : tensor<?x?xf32>) outs(%low : tensor<?xf32>) dimensions = [1]
          %mb = linalg.broadcast ins(%m : tensor<?xf32>) outs(%rows : tensor<?x?xf32>) dimensions = [1]
          %d = arith.subf %x, %mb : tensor<?x?xf32>
          %p = math.exp %d : tensor<?x?xf32>
          %s = linalg.reduce { arith.addf } ins(%p : tensor<?x?xf32>) outs(%none : tensor<?xf32>) dimensions = [1]
          %sb = linalg.broadcast ins(%s : tensor<?xf32>) outs(%rows : tensor<?x?xf32>) dimensions = [1]
          %r = arith.divf %p, %sb : tensor<?x?xf32>
          return %r : tensor<?x?xf32>
        }
        """;

    /// <summary>Three passes along each row, one over memory: 16 bytes at once, rows in shared memory, a wait behind each of what others read.</summary>
    [Test]
    public void A_softmax_is_one_kernel()
    {
        var module = Lowered(Softmax, GpuTarget.Ptx);
        var ptx = GpuCompiler.ToPtx(module);
        Assert.That(ptx.Split(".visible .entry"), Has.Length.EqualTo(2));
        Assert.That(ptx, Does.Contain("ld.global.nc.v4.b32").And.Contain("st.global.v4.b32"));
        Assert.That(
            ptx,
            Does.Contain("ld.shared.v4.b32").And.Contain("st.shared.v4.b32").And.Contain(".extern .shared")
        );
        Assert.That(ptx, Does.Contain("ld.shared.v2.b32"), "two lanes of a sum at once");
        Assert.That(ptx, Does.Not.Contain(".local").And.Not.Contain("call").And.Not.Contain("atom"));
        Assert.That(
            ptx.Split("bar.sync"),
            Has.Length.EqualTo(1 + 5),
            "behind a largest, kept elements, a sum, a piece, a row"
        );

        var plan = LaunchPlanner.Plan(module).Functions.Single();
        Assert.That(plan.Steps.OfType<LaunchStep>().Single().SharedBytes, Is.Not.Negative);
        Assert.That(plan.Steps.OfType<AllocateStep>().Single().Result, Is.Zero, "only what is returned");
    }

    /// <summary>Of known sizes one kernel: copies of 16 bytes behind the threads' back, matrices loaded whole, products on tensor cores, all in registers.</summary>
    [TestCase("f16", "f32", "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32")]
    [TestCase("bf16", "f32", "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32")]
    [TestCase("f64", "f64", "mma.sync.aligned.m8n8k4.row.col.f64.f64.f64.f64")]
    [TestCase("f32", "f32", "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32")]
    public void Products_are_computed_by_tensor_cores(string factor, string sum, string instruction)
    {
        var ptx = GpuCompiler.ToPtx(
            Lowered($"module attributes {{mlir.allow_tf32}} {{ {Product(factor, sum)} }}", GpuTarget.Ptx)
        );
        Assert.That(ptx.Split(".visible .entry"), Has.Length.EqualTo(2));
        Assert.That(ptx, Does.Contain(instruction).And.Contain("cp.async.cg.shared.global").And.Contain("wait_group"));
        Assert.That(
            ptx.Contains("ldmatrix.sync.aligned.m8n8.x4.shared", StringComparison.Ordinal),
            Is.EqualTo(factor != "f64")
        );
        Assert.That(ptx.Contains(".x4.trans.shared", StringComparison.Ordinal), Is.EqualTo(factor is "f16" or "bf16"));
        Assert.That(ptx, Does.Not.Contain(".local").And.Not.Contain("call"));
    }

    /// <summary>Single precision stays what it is unless it may be cut: sixteen bytes of shared memory at once, one rounding a product.</summary>
    [Test]
    public void Products_of_single_precision_are_computed_by_threads()
    {
        var ptx = GpuCompiler.ToPtx(Lowered(Product("f32", "f32"), GpuTarget.Ptx));
        Assert.That(ptx.Split(".visible .entry"), Has.Length.EqualTo(2));
        Assert.That(ptx, Does.Contain("ld.shared.v4.b32").And.Contain("fma.rn.f32").And.Contain("cp.async"));
        Assert.That(ptx, Does.Not.Contain("mma.").And.Not.Contain(".local"));
    }

    /// <summary>
    /// On Hopper: four products of 64 × 256 × 16 in one group, the next copies while they are under way, then the wait; no register of theirs is moved, and
    /// copies are made visible to them.
    /// </summary>
    [TestCase("f16")]
    [TestCase("bf16")]
    public void Products_on_Hopper_are_computed_by_four_warps_together(string factor)
    {
        var ptx = GpuCompiler.ToPtx(
            Lowered($"module attributes {{mlir.gpu_wgmma}} {{ {Product(factor, "f32")} }}", GpuTarget.Ptx)
        );
        Assert.That(ptx.Split(".visible .entry"), Has.Length.EqualTo(2));
        Assert.That(ptx, Does.Contain(".target sm_90a").And.Contain(".version 8.0").And.Contain(".maxntid 256"));
        Assert.That(ptx, Does.Not.Contain(".local").And.Not.Contain("call").And.Not.Contain("mma.sync"));
        var loop = ptx[ptx.IndexOf("wgmma.fence", StringComparison.Ordinal)..];
        loop = loop[..loop.IndexOf("bra", StringComparison.Ordinal)];
        string[] expected =
        [
            "wgmma.fence.sync.aligned;",
            .. Enumerable.Repeat($"wgmma.mma_async.sync.aligned.m64n256k16.f32.{factor}.{factor}", 4),
            "wgmma.commit_group.sync.aligned;",
            .. Enumerable.Repeat("cp.async.cg.shared.global", 12),
            "cp.async.commit_group;",
            "wgmma.wait_group.sync.aligned 0;",
            "cp.async.wait_group",
            "fence.proxy.async.shared::cta;",
        ];
        var actual = loop.Split('\n', StringSplitOptions.TrimEntries)
            .Where(line =>
                line.StartsWith("wgmma", StringComparison.Ordinal)
                || line.StartsWith("cp.", StringComparison.Ordinal)
                || line.StartsWith("fence", StringComparison.Ordinal)
            )
            .Select(line =>
                line.Split(' ', '\t')[0] + (line.StartsWith("wgmma.wait", StringComparison.Ordinal) ? " 0;" : "")
            );
        Assert.That(actual, Is.EqualTo(expected));
        Assert.That(
            loop.Split('\n').Count(line => line.TrimStart().StartsWith("mov", StringComparison.Ordinal)),
            Is.LessThan(8)
        );
    }

    /// <summary>What is asked for and not there to be used leaves the text as it is for everybody.</summary>
    [Test]
    public void Without_a_product_the_text_is_for_every_processor()
    {
        var ptx = GpuCompiler.ToPtx(Lowered($"module attributes {{mlir.gpu_wgmma}} {{ {Chain} }}", GpuTarget.Ptx));
        Assert.That(ptx, Is.EqualTo(GpuCompiler.ToPtx(Lowered(Chain, GpuTarget.Ptx))));
        Assert.That(ptx, Does.Contain(".target sm_80"));
    }

    private static string Product(string factor, string sum) =>
        $$"""
            func.func @f(%x: tensor<1024x512x{{factor}}>, %y: tensor<512x2048x{{factor}}>) -> tensor<1024x2048x{{sum}}> {
              %z = arith.constant 0.0 : {{sum}}
              %e = tensor.empty() : tensor<1024x2048x{{sum}}>
              %i = linalg.fill ins(%z : {{sum}}) outs(%e : tensor<1024x2048x{{sum}}>) -> tensor<1024x2048x{{sum}}>
              %p = linalg.matmul ins(%x, %y : tensor<1024x512x{{factor}}>, tensor<512x2048x{{factor}}>) outs(%i : tensor<1024x2048x{{sum}}>) -> tensor<1024x2048x{{sum}}>
              return %p : tensor<1024x2048x{{sum}}>
            }
            """;

    private const string Transpose = """
        func.func @f(%x: tensor<64x128xf32>) -> tensor<128x64xf32> {
          %e = tensor.empty() : tensor<128x64xf32>
          %t = linalg.transpose ins(%x : tensor<64x128xf32>) outs(%e : tensor<128x64xf32>) permutation = [1, 0]
          %r = math.absf %t : tensor<128x64xf32>
          return %r : tensor<128x64xf32>
        }
        """;

    /// <summary>A tile of 32 lines of 33 elements; a wait when it is full and one when it is read.</summary>
    [Test]
    public void A_transpose_goes_through_shared_memory()
    {
        var ptx = GpuCompiler.ToPtx(Lowered(Transpose, GpuTarget.Ptx));
        Assert.That(ptx.Split(".visible .entry"), Has.Length.EqualTo(2));
        Assert.That(ptx, Does.Contain("shared0[4224]").And.Not.Contain(".local"));
        Assert.That(ptx.Split("bar.sync"), Has.Length.EqualTo(1 + 2));
    }

    private static string Elementwise(string type) =>
        $$"""
            func.func @f(%x: tensor<?x{{type}}>, %y: tensor<?x{{type}}>) -> tensor<?x{{type}}> {
              %0 = arith.mulf %x, %y : tensor<?x{{type}}>
              %1 = arith.subf %0, %x : tensor<?x{{type}}>
              return %1 : tensor<?x{{type}}>
            }
            """;

    private const string Mixed = """
        func.func @f(%x: tensor<?xi8>, %y: tensor<?xf16>, %z: tensor<?xf32>) -> tensor<?xf16> {
          %0 = arith.sitofp %x : tensor<?xi8> to tensor<?xf32>
          %1 = arith.extf %y : tensor<?xf16> to tensor<?xf32>
          %2 = arith.mulf %0, %1 : tensor<?xf32>
          %3 = arith.addf %2, %z : tensor<?xf32>
          %4 = arith.truncf %3 : tensor<?xf32> to tensor<?xf16>
          return %4 : tensor<?xf16>
        }
        """;

    private const string Quotients = """
        func.func @f(%x: tensor<?xi32>, %y: tensor<?xi32>) -> tensor<?xi32> {
          %c0 = arith.constant 0 : index
          %n = tensor.dim %x, %c0 : tensor<?xi32>
          %e = tensor.empty(%n) : tensor<?xi32>
          %r = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
              ins(%x, %y : tensor<?xi32>, tensor<?xi32>) outs(%e : tensor<?xi32>) {
          ^bb0(%a: i32, %b: i32, %o: i32):
            %z = arith.constant 0 : i32
            %ok = arith.cmpi ne, %b, %z : i32
            cf.assert %ok, "System.DivideByZeroException: Attempted to divide by zero."
            %q = arith.divsi %a, %b : i32
            linalg.yield %q : i32
          } -> tensor<?xi32>
          return %r : tensor<?xi32>
        }
        """;

    private const string Columns = """
        func.func @f(%x: tensor<?x?xf64>) -> tensor<?xf64> {
          %c1 = arith.constant 1 : index
          %n = tensor.dim %x, %c1 : tensor<?x?xf64>
          %z = arith.constant 0.0 : f64
          %i = tensor.splat %z[%n] : tensor<?xf64>
          %s = linalg.reduce { arith.addf } ins(%x : tensor<?x?xf64>) outs(%i : tensor<?xf64>) dimensions = [0]
          return %s : tensor<?xf64>
        }
        """;

    private static IEnumerable<TestCaseData> Accesses() =>
        [
            Case("f32", Elementwise("f32"), "ld.global.nc.v4.b32", "st.global.v4.b32"),
            Case("f64", Elementwise("f64"), "ld.global.nc.v2.b64", "st.global.v2.b64"),
            Case("f16", Elementwise("f16"), "ld.global.nc.v4.b32", "st.global.v4.b32"),
            Case("bf16", Elementwise("bf16"), "ld.global.nc.v4.b32", "st.global.v4.b32"),
            Case("i8, f16 and f32", Mixed, "ld.global.nc.v4.b32", "ld.global.nc.v4.b16", "ld.global.nc.b32"),
            Case("checks", Quotients, "ld.global.nc.v4.b32", "st.global.v4.b32"),
            Case("columns", Columns, "ld.global.nc.b64", "st.global.b64"),
            Case("rows of f32", Softmax, "ld.global.nc.v4.b32", "st.global.v4.b32", "ld.shared.v4.b32"),
            Case(
                "rows of f16",
                Softmax
                    .Replace("f32", "f16", StringComparison.Ordinal)
                    .Replace("0xFF800000", "0xFC00", StringComparison.Ordinal),
                "ld.global.nc.v4.b32",
                "st.global.v4.b32"
            ),
            Case(
                "rows of bf16",
                Softmax
                    .Replace("f32", "bf16", StringComparison.Ordinal)
                    .Replace("0xFF800000", "0xFF80", StringComparison.Ordinal),
                "ld.global.nc.v4.b32",
                "st.global.v4.b32"
            ),
            Case("a stencil", Stencil, "ld.global.nc.b32", "ld.shared.b32"),
            Case("a transpose", Transpose, "ld.global.nc.b32", "ld.shared.b32"),
            Case("a product of f32", Product("f32", "f32"), "ld.shared.v4.b32", "cp.async"),
            Case("a product of f16", Product("f16", "f32"), "ldmatrix", "cp.async"),
            Case("a product of f64", Product("f64", "f64"), "mma.sync", "cp.async"),
        ];

    private static TestCaseData Case(string name, string text, params string[] accesses) =>
        new TestCaseData(text, accesses).SetName($"Representative_kernels({name})");

    /// <summary>One kernel whose arrays are read through the read-only cache and with wide accesses; nothing of it lies in memory of a thread, nothing is called.</summary>
    [TestCaseSource(nameof(Accesses))]
    public void Representative_kernels(string text, string[] accesses)
    {
        var ptx = GpuCompiler.ToPtx(Lowered(text, GpuTarget.Ptx));
        Assert.That(ptx.Split(".visible .entry"), Has.Length.EqualTo(2));
        Assert.Multiple(() =>
        {
            foreach (var access in accesses)
            {
                Assert.That(ptx, Does.Contain(access));
            }

            Assert.That(ptx, Does.Not.Contain(".local").And.Not.Contain("call").And.Not.Contain(".ftz"));
            Assert.That(
                ptx.Split("ld.global").Skip(1),
                Has.All.StartsWith(".nc"),
                "arrays that are only read go through the read-only cache"
            );
            Assert.That(ptx, Does.Match(@"\.maxntid (128|256)\b"));
        });
    }

    private const string Stencil = """
        func.func @f(%u: tensor<1026x2050xf32>) -> tensor<1024x2048xf32> {
          %up = tensor.extract_slice %u[0, 1] [1024, 2048] [1, 1] : tensor<1026x2050xf32> to tensor<1024x2048xf32>
          %down = tensor.extract_slice %u[2, 1] [1024, 2048] [1, 1] : tensor<1026x2050xf32> to tensor<1024x2048xf32>
          %left = tensor.extract_slice %u[1, 0] [1024, 2048] [1, 1] : tensor<1026x2050xf32> to tensor<1024x2048xf32>
          %right = tensor.extract_slice %u[1, 2] [1024, 2048] [1, 1] : tensor<1026x2050xf32> to tensor<1024x2048xf32>
          %0 = arith.addf %up, %down : tensor<1024x2048xf32>
          %1 = arith.addf %left, %right : tensor<1024x2048xf32>
          %2 = arith.addf %0, %1 : tensor<1024x2048xf32>
          return %2 : tensor<1024x2048xf32>
        }
        """;

    /// <summary>18 rows of 128 elements for a tile of 16: nine elements a thread, all asked for before the first is waited for; four reads of shared memory a place.</summary>
    [Test]
    public void A_stencil_reads_each_element_once_into_shared_memory()
    {
        var ptx = GpuCompiler.ToPtx(Lowered(Stencil, GpuTarget.Ptx));
        Assert.That(ptx.Split(".visible .entry"), Has.Length.EqualTo(2));
        Assert.That(ptx, Does.Contain("shared0[9216]").And.Not.Contain(".local").And.Not.Contain("call"));
        Assert.That(ptx.Split("bar.sync"), Has.Length.EqualTo(1 + 2));
        Assert.That(ptx.Split("ld.global.nc.b32"), Has.Length.EqualTo(1 + 9));
        Assert.That(ptx.Split("ld.shared.b32"), Has.Length.EqualTo(1 + 4));
        Assert.That(
            ptx.LastIndexOf("ld.global", StringComparison.Ordinal),
            Is.LessThan(ptx.IndexOf("st.shared", StringComparison.Ordinal))
        );
    }

    [TestCase(Chain)]
    [TestCase(Sum)]
    [TestCase(Softmax)]
    [TestCase(Stencil)]
    public void Text_is_the_same_every_time(string program) =>
        Assert.That(
            GpuCompiler.ToPtx(Lowered(program, GpuTarget.Ptx)),
            Is.EqualTo(GpuCompiler.ToPtx(Lowered(program, GpuTarget.Ptx)))
        );

    /// <summary>SPIR-V: its magic number and version 1.2, and kernels by name.</summary>
    [TestCase(Chain)]
    [TestCase(Sum)]
    [TestCase(Softmax)]
    public void Kernels_become_a_module_of_Spirv(string program)
    {
        var module = Lowered(program, GpuTarget.Spirv);
        Assert.That(GpuCompiler.ToSpirvText(module), Does.Contain("OpEntryPoint Kernel").And.Contain("f_kernel"));
        var words = Words(GpuCompiler.ToSpirv(module));
        Assert.That(words[0], Is.EqualTo(0x07230203));
        Assert.That(words[1], Is.EqualTo(0x00010200));
    }

    /// <summary>LLVM's writer remembers the numbers of earlier modules' labels.</summary>
    [Test]
    public void Later_modules_of_a_process_have_numbers_of_their_own()
    {
        var (chain, sum) = (Lowered(Chain, GpuTarget.Spirv), Lowered(Sum, GpuTarget.Spirv));
        for (var i = 0; i < 6; i++)
        {
            Assert.That(
                SpirvWriter.HasOwnLabels(Words(GpuCompiler.ToSpirv(i % 2 == 0 ? sum : chain))),
                Is.True,
                $"{i}"
            );
        }
    }

    [Test]
    public void Two_things_of_one_number_are_found() =>
        Assert.Multiple(() =>
        {
            uint[] plain = [0x07230203, 0, 0, 9, 0, (2 << 16) | 19, 1, (3 << 16) | 33, 2, 1, (2 << 16) | 248, 3];
            Assert.That(SpirvWriter.HasOwnLabels(plain), Is.True);
            plain[^1] = 2;
            Assert.That(SpirvWriter.HasOwnLabels(plain), Is.False);
        });

    /// <summary>The plan of a sum: memory, leaves, pairs, which add the start value; the scalar stays in its buffer.</summary>
    [Test]
    public void The_host_launches_and_waits_for_nothing()
    {
        var program = LaunchPlanner.Plan(Lowered(Sum, GpuTarget.Ptx));
        var plan = program.Functions.Single();
        Assert.That(plan.Steps.OfType<LaunchStep>().Count(), Is.EqualTo(2));
        Assert.That(plan.HasControlFlow, Is.False);
        Assert.That(plan.Results.Single(), Has.Property(nameof(PlanResult.IsArray)).False);
        Assert.That(plan.Results.Single().Buffer, Is.Not.Negative);
        foreach (var launch in plan.Steps.OfType<LaunchStep>())
        {
            Assert.That(launch.Arguments, Has.Length.EqualTo(program.Kernels[launch.Kernel].Parameters.Length));
        }
    }

    private static uint[] Words(byte[] bytes) =>
        [.. Enumerable.Range(0, bytes.Length / 4).Select(i => BitConverter.ToUInt32(bytes, 4 * i))];
}
