using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Mlir.Backends;
using Mlir.Backends.Cpu;
using Mlir.Backends.Interpreter;
using Mlir.Backends.Llvm;
using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.IR;
using Mlir.Lowering;
using Mlir.Remote.Worker.Execution;
using Mlir.Remote.Worker.Ipc;

namespace Mlir.Remote.Worker.Compilation;

/// <summary>Text of a stranger → a unit that this process can call and another can load.</summary>
internal static class ModuleCompiler
{
    private static readonly Backend Cpu = Checked(CpuBackend.Create());

    // What strangers send may find a fault in a pass: it is found here, not in LLVM, which would end the process.
    private static readonly PassManagerOptions Careful = PassManagerOptions.Default with { Verify = true };

    private static readonly Backend Interpreter = Checked(InterpreterBackend.Create());

    /// <summary>The targets that this machine can compile for, the default one first.</summary>
    public static ImmutableArray<string> Targets { get; } =
        Cpu.WhyUnavailable() is null ? [CpuBackend.Name, InterpreterBackend.Name] : [InterpreterBackend.Name];

    /// <summary>The processor that code is generated for, as LLVM names it.</summary>
    public static string Processor { get; } =
        Targets[0] == CpuBackend.Name
            ? LlvmTarget.Host.Cpu
            : RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>A module with a scalar, an array and a check, to try everything with.</summary>
    public static ReadOnlySpan<byte> Sample =>
        """
        func.func @main(%x: f64, %a: tensor<?xf64>) -> (f64, tensor<?xf64>) {
          %zero = arith.constant 0.0 : f64
          %c0 = arith.constant 0 : index
          %ok = arith.cmpf one, %x, %zero : f64
          cf.assert %ok, "System.ArithmeticException: zero"
          %d = tensor.dim %a, %c0 : tensor<?xf64>
          %e = tensor.empty(%d) : tensor<?xf64>
          %r = linalg.generic {
            indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]
          } ins(%a : tensor<?xf64>) outs(%e : tensor<?xf64>) {
          ^bb0(%in: f64, %out: f64):
            %m = arith.mulf %in, %x : f64
            linalg.yield %m : f64
          } -> tensor<?xf64>
          %y = arith.addf %x, %x : f64
          return %y, %r : f64, tensor<?xf64>
        }
        """u8;

    /// <summary>Checks and compiles a module.</summary>
    /// <param name="text">The module, as UTF-8.</param>
    /// <param name="target">One of <see cref="Targets"/>; empty for the first.</param>
    /// <param name="unit">The unit, loaded.</param>
    /// <returns>What another worker can load.</returns>
    /// <exception cref="CompilationFailure">The module is invalid, not allowed, or cannot be compiled.</exception>
    public static UnitContents Compile(ReadOnlySpan<byte> text, string target, out LoadedUnit unit)
    {
        var (module, backend) = Read(text, target);
        try
        {
            var lowered = Compiler.Lower(module, backend, Careful);
            var functions = FunctionsOf(module, lowered.Functions);
            if (backend == Interpreter)
            {
                unit = new InterpretedUnit(functions, backend.Emit(lowered));
                return new UnitContents(backend.Name, functions, lowered.Errors, text.ToArray());
            }

            var contents = new UnitContents(
                backend.Name,
                functions,
                lowered.Errors,
                LlvmJit.EmitObject(lowered.Module)
            );
            unit = Load(contents);
            return contents;
        }
        catch (Exception refused) when (refused is DiagnosticException or LlvmException or LlvmUnavailableException)
        {
            throw Refuse(refused);
        }
    }

    /// <summary>Makes a unit callable that another worker compiled.</summary>
    public static LoadedUnit Load(UnitContents contents)
    {
        if (contents.Target == CpuBackend.Name)
        {
            var functions = contents.Functions.Select(static f => new FunctionInterface(f.Name, f.Signature));
            return new NativeUnit(
                contents.Functions,
                contents.Errors,
                LlvmJit.Load(contents.Code.Span, [.. functions], contents.Errors)
            );
        }

        Compile(contents.Code.Span, contents.Target, out var unit);
        return unit;
    }

    /// <summary>A module at every level.</summary>
    /// <exception cref="CompilationFailure">The module is invalid, not allowed, or cannot be compiled.</exception>
    public static IReadOnlyList<IrListing> List(ReadOnlySpan<byte> text, string target)
    {
        var (module, backend) = Read(text, target);
        try
        {
            return Compiler.List(module, backend);
        }
        catch (Exception refused) when (refused is DiagnosticException or LlvmException or LlvmUnavailableException)
        {
            throw Refuse(refused);
        }
    }

    private static (ModuleOp Module, Backend Backend) Read(ReadOnlySpan<byte> text, string target)
    {
        var name = target.Length == 0 ? Targets[0] : target;
        if (!Targets.Contains(name))
        {
            throw new CompilationFailure(
                new Failure(
                    FailureKind.InvalidModule,
                    $"This server has no target '{name}'; it has {string.Join(", ", Targets.Select(static t => $"'{t}'"))}."
                )
            );
        }

        try
        {
            return (UntrustedModule.Parse(text), name == CpuBackend.Name ? Cpu : Interpreter);
        }
        catch (DiagnosticException refused)
        {
            throw Refuse(refused);
        }
    }

    /// <summary>The backend for modules of strangers: what could go out of bounds is checked as it runs.</summary>
    private static Backend Checked(Backend backend) =>
        backend with
        {
            Pipeline = [new GenerateRuntimeVerification(), .. backend.Pipeline],
        };

    private static CompilationFailure Refuse(Exception refused) =>
        refused is DiagnosticException { Diagnostics: var diagnostics }
            ? Refuse(diagnostics)
            : new CompilationFailure(new Failure(FailureKind.InvalidModule, refused.Message));

    private static CompilationFailure Refuse(IEnumerable<Diagnostic> diagnostics)
    {
        ImmutableArray<string> lines = [.. diagnostics.Select(static d => d.ToString())];
        return new CompilationFailure(
            new Failure(
                FailureKind.InvalidModule,
                lines.IsEmpty ? "The text is no module." : $"The module cannot be compiled: {lines[0]}",
                Diagnostics: lines
            )
        );
    }

    /// <summary>The public functions with the sizes that their types fix, which the runtime's signatures do not say.</summary>
    private static ImmutableArray<UnitFunction> FunctionsOf(
        ModuleOp module,
        ImmutableArray<FunctionInterface> functions
    )
    {
        var declared = module.Regions[0].Single.Operations.OfType<FuncOp>().ToDictionary(static f => f.SymName);
        return
        [
            .. functions.Select(f => new UnitFunction(
                f.Name,
                [.. f.Signature.Parameters.Zip(declared[f.Name].FunctionType.Inputs, ValueOf)],
                [.. f.Signature.Results.Zip(declared[f.Name].FunctionType.Results, ValueOf)]
            )),
        ];
    }

    private static UnitValue ValueOf(Mlir.Runtime.KernelParameter parameter, IrType type) =>
        new(
            parameter.ElementType,
            type is ShapedType shaped
                ? [.. Enumerable.Range(0, shaped.Rank).Select(i => shaped.IsDynamicDim(i) ? -1 : shaped.Shape[i])]
                : null
        );
}
