using System.Collections.Immutable;
using Mlir.Remote.Protocol;
using Mlir.Remote.Worker.Ipc;
using Mlir.Runtime;

namespace Mlir.Remote.Server.Values;

/// <summary>How the values of a function's C# signature lie in the leaves of its compiled form.</summary>
internal sealed class FunctionLayout
{
    private const int MaxLeaves = 256;
    private const int MaxNesting = 16;

    private FunctionLayout(Signature signature, ImmutableArray<Leaf> parameters, ImmutableArray<Leaf> results)
    {
        (Signature, Parameters, Results) = (signature, parameters, results);
        ScalarParameters = parameters.Count(static l => l.IsScalar);
        IsAllScalar = parameters.All(static l => l.IsScalar) && results.All(static l => l.IsScalar);
        HasBool = parameters.Any(static l => l is { IsScalar: true, Element: ScalarKind.Bool });
    }

    /// <summary>The signature.</summary>
    public Signature Signature { get; }

    /// <summary>The leaves of all parameters, in order.</summary>
    public ImmutableArray<Leaf> Parameters { get; }

    /// <summary>The leaves of the result, in order.</summary>
    public ImmutableArray<Leaf> Results { get; }

    /// <summary>How many of <see cref="Parameters"/> are scalars.</summary>
    public int ScalarParameters { get; }

    /// <summary>Whether no leaf is an array: such functions can be called with packed arguments.</summary>
    public bool IsAllScalar { get; }

    /// <summary>Whether a scalar parameter is a truth value, whose slot must be checked.</summary>
    public bool HasBool { get; }

    /// <summary>Lays a signature out.</summary>
    /// <exception cref="ProtocolException">The signature is incomplete, or too large.</exception>
    public static FunctionLayout Of(Signature? signature)
    {
        if (signature?.Result is null)
        {
            throw Invalid("a function needs a signature with a result");
        }

        var parameters = ImmutableArray.CreateBuilder<Leaf>();
        var names = new HashSet<string>();
        foreach (var parameter in signature.Parameters)
        {
            if (parameter.Name.Length > 0 && !names.Add(parameter.Name))
            {
                throw Invalid($"two parameters are called '{parameter.Name}'");
            }

            Add(parameter.Type, parameters, 0);
        }

        var results = ImmutableArray.CreateBuilder<Leaf>();
        Add(signature.Result, results, 0);
        return new FunctionLayout(signature, parameters.ToImmutable(), results.ToImmutable());
    }

    /// <summary>Checks that a compiled function has this layout.</summary>
    /// <exception cref="ProtocolException">It has not; the message says where.</exception>
    public void Check(UnitFunction function)
    {
        Check(Parameters, function.Parameters, "parameter");
        Check(Results, function.Results, "result");
    }

    private static void Check(ImmutableArray<Leaf> leaves, ImmutableArray<UnitValue> values, string what)
    {
        if (leaves.Length != values.Length)
        {
            throw Invalid(
                $"the signature has {leaves.Length} leaves of {what}s and the module's function {values.Length}"
            );
        }

        for (var i = 0; i < leaves.Length; i++)
        {
            var (leaf, value) = (leaves[i], values[i]);
            if ((value.Shape?.Length ?? -1) != leaf.Rank || !SameBits(leaf.Element.Element, value.Element))
            {
                throw Invalid(
                    $"leaf #{i} of the signature's {what}s is {Text(leaf)}, and of the module's function {value.Element} of rank {value.Shape?.Length ?? 0}"
                );
            }
        }
    }

    /// <summary>The IR's integers have no sign.</summary>
    private static bool SameBits(ElementType a, ElementType b) =>
        a == b || (a.Size == b.Size && IsInteger(a) && IsInteger(b));

    private static bool IsInteger(ElementType type) => type is >= ElementType.Int8 and <= ElementType.UInt64;

    private static string Text(Leaf leaf) =>
        leaf.IsText ? "string"
        : leaf.IsScalar ? leaf.Element.CSharpName
        : $"{leaf.Element.CSharpName} of rank {leaf.Rank}";

    private static void Add(DataType? type, ImmutableArray<Leaf>.Builder leaves, int depth)
    {
        if (leaves.Count >= MaxLeaves || depth > MaxNesting)
        {
            throw Invalid($"a signature has at most {MaxLeaves} values, in structs nested at most {MaxNesting} deep");
        }

        switch (type?.KindCase)
        {
            case DataType.KindOneofCase.Scalar when type.Scalar.IsKnown:
                leaves.Add(new Leaf(type.Scalar, -1, IsText: false));
                break;
            case DataType.KindOneofCase.Array when type.Array.Element.IsKnown && type.Array.Rank <= ArrayShape.MaxRank:
                leaves.Add(new Leaf(type.Array.Element, (int)type.Array.Rank, IsText: false));
                break;
            case DataType.KindOneofCase.Text:
                leaves.Add(new Leaf(ScalarKind.Char, 1, IsText: true));
                break;
            case DataType.KindOneofCase.Struct:
                foreach (var field in type.Struct.Fields)
                {
                    Add(field.Type, leaves, depth + 1);
                }

                break;
            default:
                throw Invalid("a type of the signature is missing, or of a kind that this version does not know");
        }
    }

    private static ProtocolException Invalid(string message) => new(ErrorCode.InvalidRequest, message);
}
