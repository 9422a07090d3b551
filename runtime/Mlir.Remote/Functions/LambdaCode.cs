using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Mlir.Dialects.Func;
using Mlir.Frontend;
using Mlir.Frontend.Expressions;
using Mlir.Frontend.Layouts;
using Mlir.IR;
using Mlir.IR.Text;
using Mlir.Remote.Protocol;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Remote.Functions;

/// <summary>A lambda read into modules, one for each class of shapes that calls have brought so far.</summary>
internal sealed class LambdaCode
{
    private readonly LambdaExpression _lambda;
    private readonly CallSite _site;
    private readonly FunctionResolver? _functions;
    private readonly Lazy<CompiledVersion> _flat;
    private readonly ConcurrentDictionary<KernelShape, CompiledVersion> _versions = new();
    private volatile bool _callsFunctions;

    /// <summary>Reads what the lambda takes.</summary>
    /// <param name="lambda">The lambda.</param>
    /// <param name="site">Where it stands in the source.</param>
    /// <param name="functions">Finds what it calls by name.</param>
    /// <exception cref="UnsupportedExpressionException">The lambda takes what no function takes.</exception>
    public LambdaCode(LambdaExpression lambda, CallSite site, FunctionResolver? functions)
    {
        (_lambda, _site) = (lambda, Shared(site));
        _functions = functions is null
            ? null
            : (name, arguments, result) =>
            {
                _callsFunctions = true;
                return functions(name, arguments, result);
            };
        Arguments = CapturedVariables.Collect(lambda, site, _functions);
        Variables = VariablesOf(lambda, Arguments);
        ResultLayout =
            TypeLayout.TryGet(lambda.ReturnType, out var reason)
            ?? throw new UnsupportedExpressionException(site, lambda.ReturnType.Name, reason!);
        HasTensors = Arguments.Any(argument => argument.Kind == LeafKind.Tensor);
        _flat = new Lazy<CompiledVersion>(() => Import(KernelShape.SameShape));
    }

    /// <summary>
    /// The place in the source as it travels: without the folder, which is nobody else's business, and with which the same program would be another
    /// module on every machine.
    /// </summary>
    public static CallSite Shared(CallSite site) => site with { File = Path.GetFileName(site.File) };

    /// <summary>A parameter of the lambda, or a variable that it captures.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Layout">The layout of its type.</param>
    /// <param name="FirstLeaf">The place of its first leaf among the function's arguments.</param>
    /// <param name="Read">Reads a captured variable as it is now; null for a parameter.</param>
    public sealed record Variable(string Name, TypeLayout Layout, int FirstLeaf, Func<object?>? Read);

    /// <summary>The leaves that the function takes.</summary>
    public ImmutableArray<KernelArgument> Arguments { get; }

    /// <summary>The parameters, then the captured variables.</summary>
    public ImmutableArray<Variable> Variables { get; }

    /// <summary>The layout of the result.</summary>
    public TypeLayout ResultLayout { get; }

    /// <summary>Whether an argument is a tensor, so that shapes choose the version.</summary>
    public bool HasTensors { get; }

    /// <summary>Whether the lambda calls functions by name, so that it must be read again when one is defined anew.</summary>
    public bool CallsFunctions => _callsFunctions;

    /// <summary>The version for tensors of one shape, or for none.</summary>
    public CompiledVersion Flat => _flat.Value;

    /// <summary>The version that takes these leaves.</summary>
    public CompiledVersion VersionFor(ReadOnlySpan<object> leaves)
    {
        if (!HasTensors)
        {
            return Flat;
        }

        ImmutableArray<long> first = default;
        var differ = false;
        for (var i = 0; i < leaves.Length; i++)
        {
            if (Arguments[i].Kind == LeafKind.Tensor)
            {
                var shape = ArrayElements.ShapeOf(leaves[i]);
                if (first.IsDefault)
                {
                    first = shape;
                }
                else
                {
                    differ |= !first.AsSpan().SequenceEqual(shape.AsSpan());
                }
            }
        }

        if (!differ)
        {
            return Flat;
        }

        var shapes = new List<TensorShape>();
        for (var i = 0; i < leaves.Length; i++)
        {
            if (Arguments[i].Kind == LeafKind.Tensor)
            {
                shapes.Add(ClassOf(ArrayElements.ShapeOf(leaves[i])));
            }
        }

        var key = new KernelShape(new EquatableArray<TensorShape>?([.. shapes]));
        return _versions.GetOrAdd(key, Import);
    }

    /// <summary>Every version there is so far.</summary>
    public IEnumerable<CompiledVersion> Versions =>
        _flat.IsValueCreated ? _versions.Values.Prepend(_flat.Value) : _versions.Values;

    private static TensorShape ClassOf(ImmutableArray<long> shape)
    {
        Span<nint> lengths = stackalloc nint[shape.Length];
        for (var i = 0; i < lengths.Length; i++)
        {
            lengths[i] = (nint)shape[i];
        }

        return TensorShape.Of(lengths);
    }

    private static ImmutableArray<Variable> VariablesOf(
        LambdaExpression lambda,
        ImmutableArray<KernelArgument> arguments
    )
    {
        var variables = ImmutableArray.CreateBuilder<Variable>();
        var next = 0;
        foreach (var parameter in lambda.Parameters)
        {
            var layout = TypeLayout.Of(parameter.Type);
            variables.Add(new Variable(parameter.Name ?? $"p{variables.Count}", layout, next, null));
            next += layout.Leaves.Length;
        }

        while (next < arguments.Length)
        {
            var captured = arguments[next].Captured!;
            var layout = TypeLayout.Of(captured.Type);
            var read = Expression.Lambda<Func<object?>>(Expression.Convert(captured, typeof(object))).Compile();
            variables.Add(new Variable(captured.Member.Name, layout, next, read));
            next += layout.Leaves.Length;
        }

        return variables.ToImmutable();
    }

    private CompiledVersion Import(KernelShape shape)
    {
        var imported = ExpressionImporter.Import(_lambda, _site, shape, _functions);
        if (imported.NeedsShapes && HasTensors)
        {
            throw new UnsupportedExpressionException(
                _site,
                _lambda.Body.ToString(),
                "it depends on ranks or sizes of tensors, or returns a tensor of a shape of its own, and functions for other machines are made before shapes are known; pass arrays"
            );
        }

        if (imported.NeedsShapes)
        {
            imported = ExpressionImporter.Import(
                _lambda,
                _site,
                new KernelShape(new EquatableArray<TensorShape>?([])),
                _functions
            );
        }

        var text = Encoding.UTF8.GetBytes(
            AsmPrinter.Print(imported.Module, new AsmPrinterOptions { PrintLocations = true })
        );
        var signature = SignatureOf(imported);
        return new CompiledVersion(
            shape,
            new Overload
            {
                Module = UnsafeByteOperations.UnsafeWrap(text),
                Hash = UnsafeByteOperations.UnsafeWrap(SHA256.HashData(text)),
                Signature = signature,
                Source = _site.Line == 0 ? _lambda.ToString() : $"{_site}: {_site.Text}",
            },
            Arguments.All(argument => argument.Kind == LeafKind.Scalar)
                && ResultLayout.Leaves.All(leaf => leaf.Kind == LeafKind.Scalar)
        );
    }

    /// <summary>The signature of a module: the types of C#, with the ranks of tensors that the module has.</summary>
    private Signature SignatureOf(ImportedKernel imported)
    {
        var function = imported
            .Module.Body.Operations.OfType<FuncOp>()
            .Single(f => f.SymName == ImportedKernel.EntryPoint);
        var inputs = RanksOf(function.FunctionType.Inputs, Arguments.Select(argument => argument.Kind));
        var results = RanksOf(function.FunctionType.Results, ResultLayout.Leaves.Select(leaf => leaf.Kind));
        var signature = new Signature { Result = SignatureTypes.Of(ResultLayout, results.Dequeue) };
        foreach (var variable in Variables)
        {
            signature.Parameters.Add(
                new Parameter { Name = variable.Name, Type = SignatureTypes.Of(variable.Layout, inputs.Dequeue) }
            );
        }

        return signature;
    }

    private static Queue<uint> RanksOf(IEnumerable<IrType> types, IEnumerable<LeafKind> kinds) =>
        new(
            types
                .Zip(kinds)
                .Where(pair => pair.Second == LeafKind.Tensor)
                .Select(pair => (uint)((RankedTensorType)pair.First).Rank)
        );
}
