using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Reflection;
using System.Runtime.CompilerServices;
using Mlir.Frontend.Expressions;

namespace Mlir.Frontend.Layouts;

/// <summary>
/// How values of a C# type travel to and from kernels: flattened depth first to leaves. Scalars, <c>Tensor&lt;T&gt;</c>, arrays of scalars and strings
/// are one leaf each; structs and value tuples are the leaves of their fields in order of declaration.
/// </summary>
/// <remarks>
/// A struct has a layout when each of its instance fields is public or behind a public auto-property and has a layout itself, so that its leaves
/// are all there is to it. <see cref="Build(ReadOnlySpan{object})"/> writes the fields directly: no constructor or setter runs. Thread-safe; layouts are made once a type.
/// </remarks>
public sealed class TypeLayout
{
    private const int MaxLeaves = 1024;

    private static readonly ConditionalWeakTable<Type, object> Known = [];

    private readonly Lazy<LayoutAccess> _access;

    private TypeLayout(Type type, ImmutableArray<LayoutMember> members, ImmutableArray<LayoutLeaf> leaves)
    {
        (ClrType, Members, Leaves) = (type, members, leaves);
        _access = new Lazy<LayoutAccess>(() => new LayoutAccess(this));
    }

    /// <summary>The C# type.</summary>
    public Type ClrType { get; }

    /// <summary>The fields and auto-properties of a struct; empty for a leaf.</summary>
    public ImmutableArray<LayoutMember> Members { get; }

    /// <summary>What a value flattens to.</summary>
    public ImmutableArray<LayoutLeaf> Leaves { get; }

    /// <summary>Whether the type is itself one leaf.</summary>
    public bool IsLeaf => Members.IsEmpty;

    /// <summary>The layout of <paramref name="type"/>.</summary>
    /// <exception cref="UnsupportedTypeException">The type has none; the message names the member in the way.</exception>
    public static TypeLayout Of(Type type) =>
        TryGet(type, out var reason) ?? throw new UnsupportedTypeException(type, reason!);

    /// <summary>The layout of <paramref name="type"/>, or null.</summary>
    /// <param name="type">The type.</param>
    /// <param name="reason">Why there is none: names the type and the member in the way.</param>
    public static TypeLayout? TryGet(Type type, out string? reason)
    {
        ArgumentNullException.ThrowIfNull(type);
        var known = Known.GetValue(type, static t => (object?)Make(t, out var why) ?? why!);
        reason = known as string;
        return known as TypeLayout;
    }

    /// <summary>The leaves of <paramref name="value"/>, boxed: a scalar of exactly its C# type, a tensor, an array or a string each.</summary>
    /// <param name="value">A value of <see cref="ClrType"/>.</param>
    /// <exception cref="ArgumentNullException">A tensor, array or string is null; the exception names its path.</exception>
    /// <exception cref="InvalidCastException">The value is of another type.</exception>
    public object[] Read(object value)
    {
        var leaves = new object[Leaves.Length];
        Read(value, leaves);
        return leaves;
    }

    /// <summary>As <see cref="Read(object)"/>, into the first places of <paramref name="leaves"/>.</summary>
    /// <exception cref="ArgumentNullException">A tensor, array or string is null; the exception names its path.</exception>
    /// <exception cref="InvalidCastException">The value is of another type.</exception>
    public void Read(object value, Span<object> leaves)
    {
        ArgumentNullException.ThrowIfNull(value);
        _access.Value.Read(value, leaves[..Leaves.Length]);
    }

    /// <summary>The value with these leaves.</summary>
    /// <param name="leaves">One for each of <see cref="Leaves"/>, boxed, of exactly its type.</param>
    /// <exception cref="InvalidCastException">A leaf is of another type.</exception>
    public object Build(params ReadOnlySpan<object> leaves) =>
        leaves.Length == Leaves.Length
            ? _access.Value.Build(leaves)
            : throw new ArgumentException(
                $"{CSharpText.TypeName(ClrType)} has {Leaves.Length} leaves, not {leaves.Length}.",
                nameof(leaves)
            );

    /// <summary>An expression that reads one leaf without boxing, for code that is generated for a type.</summary>
    /// <param name="value">An expression of type <see cref="ClrType"/>; it is evaluated once for each leaf that is read.</param>
    /// <param name="leaf">One of <see cref="Leaves"/>.</param>
    public static Expression Read(Expression value, LayoutLeaf leaf) => leaf.Fields.Aggregate(value, Expression.Field);

    /// <summary>An expression that builds a value from its leaves without boxing, for code that is generated for a type.</summary>
    /// <param name="leaves">One for each of <see cref="Leaves"/>, of exactly its type.</param>
    public Expression Build(IReadOnlyList<Expression> leaves) =>
        IsLeaf ? leaves[0] : Expression.Invoke(Expression.Constant(_access.Value.TypedBuild), leaves);

    /// <summary>The member called <paramref name="name"/>, or null.</summary>
    public LayoutMember? Find(string name) => Members.FirstOrDefault(m => m.Name == name);

    /// <summary>The type's C# name and its leaves, as <c>Point { double X, double Y }</c>.</summary>
    public override string ToString() =>
        IsLeaf
            ? CSharpText.TypeName(ClrType)
            : $"{CSharpText.TypeName(ClrType)} {{ {string.Join(", ", Members.Select(m => $"{m.Layout} {m.Name}"))} }}";

    private static TypeLayout? Make(Type type, out string? reason)
    {
        reason = null;
        if (LeafOf(type) is { } leaf)
        {
            return new TypeLayout(type, [], [leaf]);
        }

        reason = WhyNotStruct(type);
        if (reason is not null)
        {
            return null;
        }

        var members = ImmutableArray.CreateBuilder<LayoutMember>();
        var leaves = ImmutableArray.CreateBuilder<LayoutLeaf>();
        var fields = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        foreach (var field in fields.OrderBy(f => f.MetadataToken))
        {
            if (NameOf(field) is not { } name)
            {
                reason =
                    $"the field '{field.Name}' of {CSharpText.TypeName(type)} is neither public nor behind a public auto-property";
                return null;
            }

            if (TryGet(field.FieldType, out var inner) is not { } layout)
            {
                reason = $"'{name}' of {CSharpText.TypeName(type)}: {inner}";
                return null;
            }

            members.Add(new LayoutMember(name, layout, leaves.Count, field));
            foreach (var part in layout.Leaves)
            {
                leaves.Add(part with { Path = part.NameIn(name), Fields = [field, .. part.Fields] });
            }

            if (leaves.Count > MaxLeaves)
            {
                reason = $"{CSharpText.TypeName(type)} has more than {MaxLeaves} leaves";
                return null;
            }
        }

        reason = members.Count == 0 ? $"{CSharpText.TypeName(type)} has no fields" : null;
        return reason is null ? new TypeLayout(type, members.ToImmutable(), leaves.ToImmutable()) : null;
    }

    private static LayoutLeaf? LeafOf(Type type)
    {
        if (ScalarType.TryGet(type) is { } scalar)
        {
            return new LayoutLeaf("", type, LeafKind.Scalar, scalar, 0, []);
        }

        if (type == typeof(string))
        {
            return new LayoutLeaf("", type, LeafKind.String, ScalarType.Char, 1, []);
        }

        if (type.IsArray && ScalarType.TryGet(type.GetElementType()!) is { } item)
        {
            return type.IsSZArray || type.GetArrayRank() > 1
                ? new LayoutLeaf("", type, LeafKind.Array, item, type.GetArrayRank(), [])
                : null;
        }

        return
            type.IsGenericType
            && type.GetGenericTypeDefinition() == typeof(Tensor<>)
            && ScalarType.TryGet(type.GetGenericArguments()[0]) is { } element
            ? new LayoutLeaf("", type, LeafKind.Tensor, element, -1, [])
            : null;
    }

    private static string? WhyNotStruct(Type type)
    {
        if (type == typeof(void))
        {
            return "void is no value";
        }

        var name = CSharpText.TypeName(type);
        if (
            !type.IsValueType
            || type.IsPrimitive
            || type.IsPointer
            || type.IsFunctionPointer
            || type.IsByRef
            || type.IsGenericTypeDefinition
        )
        {
            return $"{name} is neither a scalar, a string, a Tensor<T> or array of scalars, nor a struct of these";
        }

        if (type.IsByRefLike)
        {
            return $"{name} is a ref struct, which cannot be stored";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return $"{CSharpText.TypeName(underlying)}? may be null; pass the value and a bool";
        }

        return
            type.IsExplicitLayout
            || type.IsDefined(typeof(InlineArrayAttribute))
            || type.IsDefined(typeof(UnsafeValueTypeAttribute))
            ? $"{name} has an explicit layout, so that its fields do not say what it holds"
            : null;
    }

    /// <summary>The public name of what a field holds: its own, or that of the auto-property in front of it.</summary>
    private static string? NameOf(FieldInfo field)
    {
        if (field.IsPublic)
        {
            return field.IsDefined(typeof(FixedBufferAttribute)) ? null : field.Name;
        }

        var end = field.Name.IndexOf(">k__BackingField", StringComparison.Ordinal);
        return
            end > 1
            && field.DeclaringType!.GetProperty(field.Name[1..end]) is { GetMethod: { IsPublic: true } getter } property
            && getter.IsDefined(typeof(CompilerGeneratedAttribute))
            ? property.Name
            : null;
    }
}
