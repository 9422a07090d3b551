using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Mlir.Backends;
using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.IR;
using Mlir.IR.Text;
using Mlir.Lowering;
using Mlir.Remote.Overloads;
using Mlir.Remote.Protocol;
using Mlir.Runtime;
using ScalarKind = Mlir.Remote.Protocol.ScalarKind;

namespace Mlir.Remote.Functions;

/// <summary>One function of a module as it travels: with the functions that it calls, and under the name that the protocol asks for.</summary>
internal sealed class ModuleCode
{
    private const string EntryPoint = "main";

    private readonly ByteString _text;
    private readonly ByteString _hash;
    private readonly string _source;

    /// <summary>Takes a function out of a module, which stays as it is.</summary>
    /// <param name="module">The module, verified.</param>
    /// <param name="name">The function; null for the only public one.</param>
    /// <exception cref="ArgumentException">There is no such function.</exception>
    /// <exception cref="DiagnosticException">It takes or returns what has no counterpart in .NET.</exception>
    public ModuleCode(ModuleOp module, string? name)
    {
        var copy = (ModuleOp)module.Clone();
        var functions = copy.Body.Operations.OfType<FuncOp>().ToList();
        var entry = Find(functions, name);
        (Name, Type) = (entry.SymName, entry.FunctionType);
        _source = entry.Location.File is { } file
            ? $"{file.FileName}({file.Line}): @{entry.SymName}"
            : $"@{entry.SymName}";
        foreach (var function in functions)
        {
            function.SetAttribute("sym_visibility", function == entry ? null : StringAttr.Get("private"));
        }

        new SymbolDce().Run(copy, new PassContext());
        Rename(copy, entry);
        Signature = ModuleInterface.Of(copy).Single().Signature;
        var text = Encoding.UTF8.GetBytes(AsmPrinter.Print(copy, new AsmPrinterOptions { PrintLocations = true }));
        _text = UnsafeByteOperations.UnsafeWrap(text);
        _hash = UnsafeByteOperations.UnsafeWrap(SHA256.HashData(text));
    }

    /// <summary>The function's name in its module.</summary>
    public string Name { get; }

    /// <summary>The function's type, with the sizes that it fixes.</summary>
    public FunctionType Type { get; }

    /// <summary>The parameters and results.</summary>
    public KernelSignature Signature { get; }

    /// <summary>The module that travels.</summary>
    public string Text => _text.ToStringUtf8();

    /// <summary>What is sent.</summary>
    /// <param name="kinds">The kind of scalar that each parameter has for the callers: integers of the IR have no sign.</param>
    public Overload ToOverload(IEnumerable<ScalarKind> kinds)
    {
        var signature = new Signature { Result = ResultType() };
        foreach (var (parameter, kind) in Signature.Parameters.Zip(kinds))
        {
            signature.Parameters.Add(
                new Parameter { Name = $"p{signature.Parameters.Count}", Type = TypeOf(parameter, kind) }
            );
        }

        return new Overload
        {
            Module = _text,
            Hash = _hash,
            Signature = signature,
            Source = _source,
        };
    }

    private static FuncOp Find(List<FuncOp> functions, string? name)
    {
        var callable = functions.FindAll(function =>
            !function.IsDeclaration && function.SymVisibility is not "private"
        );
        var names = string.Join(", ", callable.Select(function => function.SymName));
        return name is not null
                ? callable.Find(function => function.SymName == name)
                    ?? throw new ArgumentException(
                        $"the module has no public function '{name}'; it has {names}",
                        nameof(name)
                    )
            : callable.Count == 1 ? callable[0]
            : throw new ArgumentException($"name one of the module's public functions: {names}", nameof(name));
    }

    /// <summary>Calls the entry <c>main</c>; another function of that name gives it up.</summary>
    private static void Rename(ModuleOp module, FuncOp entry)
    {
        var functions = module.Body.Operations.OfType<FuncOp>().ToList();
        var renamed = new Dictionary<string, SymbolRefAttr>(StringComparer.Ordinal);
        if (functions.Find(function => function.SymName == EntryPoint && function != entry) is { } other)
        {
            var free = EntryPoint;
            while (functions.Exists(function => function.SymName == free))
            {
                free += "_";
            }

            Give(other, free);
        }

        Give(entry, EntryPoint);
        foreach (var call in module.Walk().OfType<CallOp>())
        {
            if (renamed.TryGetValue(call.Callee.Root, out var name))
            {
                call.SetAttribute("callee", name);
            }
        }

        void Give(FuncOp function, string name)
        {
            renamed[function.SymName] = SymbolRefAttr.Get(name);
            function.SetAttribute("sym_name", StringAttr.Get(name));
        }
    }

    private static DataType TypeOf(KernelParameter parameter, ScalarKind kind) =>
        parameter.Rank is { } rank ? DataTypes.Array(kind, (uint)rank) : DataTypes.Scalar(kind);

    /// <summary>The only result, or a tuple of all.</summary>
    private DataType ResultType()
    {
        ImmutableArray<DataType> types =
        [
            .. Signature.Results.Select(static result => TypeOf(result, ScalarKinds.Of(result.ElementType))),
        ];
        if (types.Length == 1)
        {
            return types[0];
        }

        var tuple = new StructType();
        tuple.Fields.AddRange(types.Select(static (type, i) => new Field { Name = $"Item{i + 1}", Type = type }));
        return new DataType { Struct = tuple };
    }
}
