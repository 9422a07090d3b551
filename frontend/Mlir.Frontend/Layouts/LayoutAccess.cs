using System.Linq.Expressions;
using System.Reflection.Emit;

namespace Mlir.Frontend.Layouts;

/// <summary>The generated code that takes values of one type apart and puts them together.</summary>
internal sealed class LayoutAccess
{
    /// <summary>Stores the leaves of a boxed value.</summary>
    public delegate void Reader(object value, Span<object> leaves);

    /// <summary>Makes a boxed value.</summary>
    public delegate object Builder(ReadOnlySpan<object> leaves);

    private readonly Lazy<Delegate> _typedBuild;

    /// <summary>Generates the code for <paramref name="layout"/>.</summary>
    public LayoutAccess(TypeLayout layout)
    {
        Read = MakeRead(layout);
        Build = MakeBuild(layout);
        _typedBuild = new Lazy<Delegate>(() => MakeTypedBuild(layout));
    }

    /// <summary>Stores the leaves of a boxed value.</summary>
    public Reader Read { get; }

    /// <summary>Makes a boxed value.</summary>
    public Builder Build { get; }

    /// <summary>Takes the leaves as parameters, each of its type, and returns the value.</summary>
    public Delegate TypedBuild => _typedBuild.Value;

    /// <summary>Loads the leaf of the struct whose address is on the stack.</summary>
    public static void EmitLoad(ILGenerator il, LayoutLeaf leaf)
    {
        for (var i = 0; i < leaf.Fields.Length; i++)
        {
            il.Emit(i == leaf.Fields.Length - 1 ? OpCodes.Ldfld : OpCodes.Ldflda, leaf.Fields[i]);
        }
    }

    /// <summary>From the address of a struct to that of the innermost struct that holds the leaf.</summary>
    public static void EmitHolder(ILGenerator il, LayoutLeaf leaf)
    {
        for (var i = 0; i < leaf.Fields.Length - 1; i++)
        {
            il.Emit(OpCodes.Ldflda, leaf.Fields[i]);
        }
    }

    private static Reader MakeRead(TypeLayout layout)
    {
        var method = Method("Read", typeof(void), [typeof(object), typeof(Span<object>)]);
        var il = method.GetILGenerator();
        for (var i = 0; i < layout.Leaves.Length; i++)
        {
            var leaf = layout.Leaves[i];
            il.Emit(OpCodes.Ldarga_S, 1);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Call, typeof(Span<object>).GetProperty("Item")!.GetMethod!);
            il.Emit(OpCodes.Ldarg_0);
            if (leaf.Fields.IsEmpty)
            {
                il.Emit(OpCodes.Unbox_Any, leaf.ClrType);
            }
            else
            {
                il.Emit(OpCodes.Unbox, layout.ClrType);
                EmitLoad(il, leaf);
            }

            if (leaf.ClrType.IsValueType)
            {
                il.Emit(OpCodes.Box, leaf.ClrType);
            }
            else
            {
                il.Emit(OpCodes.Ldstr, leaf.NameIn(CSharpName(layout.ClrType)));
                il.Emit(OpCodes.Call, ((Func<object?, string, object>)NotNull).Method);
            }

            il.Emit(OpCodes.Stind_Ref);
        }

        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Reader>();
    }

    private static Builder MakeBuild(TypeLayout layout)
    {
        var method = Method("Build", typeof(object), [typeof(ReadOnlySpan<object>)]);
        var il = method.GetILGenerator();
        var value = il.DeclareLocal(layout.ClrType);
        for (var i = 0; i < layout.Leaves.Length; i++)
        {
            var leaf = layout.Leaves[i];
            if (!leaf.Fields.IsEmpty)
            {
                il.Emit(OpCodes.Ldloca, value);
                EmitHolder(il, leaf);
            }

            il.Emit(OpCodes.Ldarga_S, 0);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Call, typeof(ReadOnlySpan<object>).GetProperty("Item")!.GetMethod!);
            il.Emit(OpCodes.Ldind_Ref);
            il.Emit(OpCodes.Unbox_Any, leaf.ClrType);
            if (leaf.Fields.IsEmpty)
            {
                il.Emit(OpCodes.Stloc, value);
            }
            else
            {
                il.Emit(OpCodes.Stfld, leaf.Fields[^1]);
            }
        }

        il.Emit(OpCodes.Ldloc, value);
        if (layout.ClrType.IsValueType)
        {
            il.Emit(OpCodes.Box, layout.ClrType);
        }

        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Builder>();
    }

    private static Delegate MakeTypedBuild(TypeLayout layout)
    {
        var types = layout.Leaves.Select(l => l.ClrType).ToArray();
        var method = Method("Build", layout.ClrType, types);
        var il = method.GetILGenerator();
        var value = il.DeclareLocal(layout.ClrType);
        for (var i = 0; i < types.Length; i++)
        {
            il.Emit(OpCodes.Ldloca, value);
            EmitHolder(il, layout.Leaves[i]);
            il.Emit(OpCodes.Ldarg, i);
            il.Emit(OpCodes.Stfld, layout.Leaves[i].Fields[^1]);
        }

        il.Emit(OpCodes.Ldloc, value);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate(Expression.GetDelegateType([.. types, layout.ClrType]));
    }

    private static DynamicMethod Method(string name, Type result, Type[] parameters) =>
        new(name, result, parameters, typeof(LayoutAccess).Module, skipVisibility: true);

    private static string CSharpName(Type type) => Expressions.CSharpText.TypeName(type);

    private static object NotNull(object? leaf, string name) => leaf ?? throw new ArgumentNullException(name);
}
