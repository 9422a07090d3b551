using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Mlir.Frontend.Layouts;
using Mlir.IR;

namespace Mlir.Frontend.Expressions;

/// <content>Structs and value tuples: made, changed, taken apart.</content>
public sealed partial class ExpressionImporter
{
    private TypeLayout StructLayout(Expression expression)
    {
        var layout = TypeLayout.TryGet(expression.Type, out var reason);
        return layout is { IsLeaf: false }
            ? layout
            : throw Unsupported(expression, reason ?? $"{layout} is not made with a constructor in a kernel");
    }

    /// <summary><c>new Point(x, y)</c>: what the constructor stores, when storing is all it does.</summary>
    private Operand.Struct ImportNew(NewExpression make)
    {
        var layout = StructLayout(make);
        var arguments = make.Arguments.Select(Import).ToArray();
        if (make.Type.IsGenericType && typeof(ITuple).IsAssignableFrom(make.Type))
        {
            return new Operand.Struct([.. arguments]);
        }

        if (make.Constructor is not { } constructor)
        {
            return (Operand.Struct)DefaultOf(layout, make);
        }

        var stores =
            ConstructorStores.Read(constructor, layout)
            ?? throw Unsupported(
                make,
                $"the constructor of {CSharpText.TypeName(make.Type)} does more than store its parameters and constants"
            );
        var items = ImmutableArray.CreateBuilder<Operand>(stores.Length);
        for (var i = 0; i < stores.Length; i++)
        {
            var member = layout.Members[i].Layout;
            items.Add(
                stores[i] switch
                {
                    ConstructorStores.Parameter parameter => arguments[parameter.Position],
                    null => DefaultOf(member, make),
                    var constant => ConstantOf(member, constant, make),
                }
            );
        }

        return new Operand.Struct(items.MoveToImmutable());
    }

    /// <summary>A struct known while compiling, as <c>default(Point)</c> is.</summary>
    private Operand ConstantStruct(ValueType value, ConstantExpression source)
    {
        var layout = TypeLayout.TryGet(source.Type, out var reason) ?? throw Unsupported(source, reason!);
        if (layout.Leaves.FirstOrDefault(l => l.Kind != LeafKind.Scalar) is { } reference)
        {
            throw Unsupported(source, $"{reference.NameIn(CSharpText.TypeName(source.Type))} is not a number");
        }

        var values = new Value[layout.Leaves.Length];
        var leaves = layout.Read(value);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _arithmetic.Constant(layout.Leaves[i].Element.Constant(leaves[i]));
        }

        return FromLeaves(layout, values);
    }

    /// <summary>A number that a constructor stores; IL knows fewer types of numbers than C#.</summary>
    private Operand.Elements ConstantOf(TypeLayout member, object constant, Expression source)
    {
        var type = member.Leaves[0].Element;
        if (!member.IsLeaf || member.Leaves[0].Kind != LeafKind.Scalar || type.IsFloat != constant is double)
        {
            throw Unsupported(source, $"the constructor of {CSharpText.TypeName(source.Type)} cannot be followed");
        }

        TypedAttr value = constant switch
        {
            double d => FloatAttr.Get((FloatType)type.IrType, d),
            var bits when type.Kind == ScalarKind.Bool => IntegerAttr.Get((long)bits != 0),
            // Low bits: an unsigned constant is written as a signed one.
            var bits => IntegerAttr.Get(type.IrType, type.IsSigned ? (long)bits : (Int128)(long)bits & type.MaxValue),
        };
        return new Operand.Elements(_arithmetic.Constant(value), type);
    }

    /// <summary><c>new Point { X = x }</c>.</summary>
    private Operand.Struct ImportMemberInit(MemberInitExpression init)
    {
        var layout = StructLayout(init);
        var items = ((Operand.Struct)ImportOrThrow(init.NewExpression)).Items.ToBuilder();
        foreach (var binding in init.Bindings)
        {
            if (
                binding is not MemberAssignment assignment
                || layout.Find(binding.Member.Name) is not { } member
                || binding.Member is PropertyInfo { SetMethod: { } setter }
                    && !setter.IsDefined(typeof(CompilerGeneratedAttribute))
            )
            {
                throw Unsupported(
                    init,
                    $"{CSharpText.TypeName(init.Type)}.{binding.Member.Name} is neither a field nor an auto-property"
                );
            }

            items[layout.Members.IndexOf(member)] = Import(assignment.Expression);
        }

        return new Operand.Struct(items.ToImmutable());
    }

    /// <summary><c>ValueTuple.Create(a, b)</c>; from the eighth element on, tuples nest.</summary>
    private Operand.Struct ImportTuple(MethodCallExpression call)
    {
        var items = call.Arguments.Select(Import).ToImmutableArray();
        return items.Length < 8
            ? new Operand.Struct(items)
            : new Operand.Struct([.. items[..7], new Operand.Struct(items[7..])]);
    }

    /// <summary><c>default(T)</c>.</summary>
    private Operand DefaultOf(TypeLayout? layout, Expression source)
    {
        if (layout?.Leaves.FirstOrDefault(l => l.Kind != LeafKind.Scalar) is { } reference)
        {
            throw Unsupported(source, $"{reference.NameIn(CSharpText.TypeName(source.Type))} would be null");
        }

        if (layout is null)
        {
            throw Unsupported(source, "this kind of expression has no compiled form");
        }

        return FromLeaves(
            layout,
            [
                .. layout.Leaves.Select(l =>
                    _arithmetic.Constant(l.Element.Constant(Activator.CreateInstance(l.Element.ClrType)!))
                ),
            ]
        );
    }
}
