using System.Text.Json;
using Mlir.Backends;
using Mlir.Backends.Gpu;
using Mlir.Backends.Gpu.Execution;
using Mlir.Backends.Llvm;
using Mlir.Backends.Storage;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;
using Mlir.Lowering.Gpu;
using Mlir.Runtime;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>Compiled programs are kept on disk: what one process has compiled, the next one loads without LLVM.</summary>
public sealed class StoredProgramTests : DeviceTest
{
    private const string Sum = """
        func.func @main(%x: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
          %0 = arith.addf %x, %y : tensor<?xf32>
          return %0 : tensor<?xf32>
        }
        """;

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("mlir-gpu-store").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_second_process_does_not_compile()
    {
        Assume.That(LlvmLibrary.IsAvailable(out _));
        var device = Device();
        var store = new CodeStore(Path.Combine(_folder, "cache"));
        var backend = GpuBackend.Create("double", () => device, () => device.Info);
        var expected = Run(backend, store);
        var loading = backend with
        {
            Code = backend.Code! with { Emit = _ => throw new InvalidOperationException("compiled again") },
        };
        Assert.Multiple(() =>
        {
            Assert.That(store.Contents.Count, Is.EqualTo(1));
            Assert.That(expected, Is.EqualTo(new[] { 11f, 22f, 33f }));
            Assert.That(Run(loading, new CodeStore(store.Folder)), Is.EqualTo(expected));
        });

        // Damage that the file's checksum shows, then a file that holds something else.
        var file = Directory.GetFiles(store.Folder, "*.code", SearchOption.AllDirectories).Single();
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.That(Run(backend, store), Is.EqualTo(expected));
        Assert.That(backend.Code!.Load(new StoredCode([], [], [], [new byte[] { 1, 2, 3 }, new byte[1]])), Is.Null);
        Assert.That(backend.Code.Load(new StoredCode([], [], [], [])), Is.Null);
    }

    /// <summary>Every step there is, sizes below zero, and no bytes but those that were written.</summary>
    [Test]
    public void A_program_is_read_as_it_was_written()
    {
        var program = new GpuProgram(
            [
                new LaunchPlan(
                    "f",
                    [new PlanParameter(0, 4, [1, 2]), new PlanParameter(-1, 8, [3])],
                    [new PlanResult(0, 4, true, [1, 2]), new PlanResult(-1, 8, false, [3])],
                    9,
                    2,
                    [
                        new ConstantStep(4, long.MinValue),
                        new ComputeStep(5, PlanOperation.Select, 1, 2, 3),
                        new AllocateStep(1, 5, 4, -1),
                        new LaunchStep(0, 5, [new PlanArgument(true, 1), new PlanArgument(false, 4)], 7),
                        new ReadStep(6, 1, 4, 4),
                        new BranchStep(6, 7),
                        new JumpStep(0),
                        new AssertStep(6, 2),
                        new FreeStep(1),
                    ]
                ),
            ],
            [
                new KernelInfo(
                    "k",
                    [KernelParameterKind.ReadOnlyAddress, KernelParameterKind.Bits64],
                    256,
                    true,
                    "Program.cs(3)"
                ),
            ]
        );
        var bytes = ProgramBytes.Write(program);
        Assert.That(ProgramBytes.Write(ProgramBytes.Read(bytes)!), Is.EqualTo(bytes));
        Assert.That(
            JsonSerializer.Serialize(Everything(ProgramBytes.Read(bytes)!)),
            Is.EqualTo(JsonSerializer.Serialize(Everything(program)))
        );
        Assert.That(ProgramBytes.Read((byte[])[.. bytes, 0]), Is.Null);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.That(ProgramBytes.Read(bytes.AsMemory(0, length)), Is.Null);
        }
    }

    /// <summary>With each step as what it is.</summary>
    private static object Everything(GpuProgram program) =>
        new
        {
            program.Kernels,
            Functions = program.Functions.Select(f => new
            {
                f.Name,
                f.Parameters,
                f.Results,
                f.SlotCount,
                f.BufferCount,
                Steps = f.Steps.Cast<object>(),
            }),
        };

    private static float[] Run(Backend backend, CodeStore store)
    {
        var module = (ModuleOp)MlirText.Parse(Sum, AllDialects.Registry).Value!;
        var compiled = new CompilerBuilder().Add(backend).Build().Compile(module, store: store);
        var results = compiled.Invoke(
            "main",
            new HostBuffer(new float[] { 1, 2, 3 }, 3),
            new HostBuffer(new float[] { 10, 20, 30 }, 3)
        );
        return (float[])((HostBuffer)results[0]).Data;
    }
}
