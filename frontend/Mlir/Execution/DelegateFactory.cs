using System.Linq.Expressions;
using System.Reflection;
using System.Reflection.Emit;
using Mlir.Frontend;
using Mlir.Frontend.Expressions;
using Mlir.Frontend.Layouts;
using Mlir.Runtime.Interop;

namespace Mlir.Execution;

/// <summary>Makes a delegate of exactly the user's type that calls a kernel.</summary>
/// <remarks>
/// Scalar kernels are called directly. The others get a small generated method that moves the arguments into slots: no reflection, boxing or
/// copying of arrays happens in a call. Kernels without machine code take the boxed way.
/// </remarks>
internal static class DelegateFactory
{
    private const BindingFlags Members = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    private static readonly MethodInfo ManagedCall = typeof(ManagedInvoker).GetMethod(nameof(ManagedInvoker.Call))!;

    /// <summary>Makes the delegate.</summary>
    /// <param name="delegateType">The delegate's type.</param>
    /// <param name="lambda">The lambda, whose own closure the captured variables are read from.</param>
    /// <param name="functions">Finds what the lambda calls by name.</param>
    /// <param name="code">The kernel, perhaps compiled for an equal lambda before.</param>
    public static Delegate Create(
        Type delegateType,
        LambdaExpression lambda,
        FunctionResolver? functions,
        KernelCode code
    )
    {
        var call = CreateCall(delegateType, lambda, functions, code);
        return code.MayRetry ? SizeRetry.Around(call, code) : call;
    }

    private static Delegate CreateCall(
        Type delegateType,
        LambdaExpression lambda,
        FunctionResolver? functions,
        KernelCode code
    )
    {
        KernelArgument[] arguments = [.. CapturedVariables.Collect(lambda, CallSite.Unknown, functions)];
        if (!code.IsNative)
        {
            return CreateManaged(delegateType, lambda, code, arguments);
        }

        // Direct calls keep the garbage collector waiting, so that what may run for long takes the slots.
        return (
                arguments.Length == lambda.Parameters.Count
                && arguments.All(a => a.Captured is null)
                && code.SameShape is { Imported: { IsRecursive: false, MeetsSizes: false, Results.Length: 1 } } version
                    ? DirectInvoker.TryCreate(
                        delegateType,
                        version,
                        [.. lambda.Parameters.Select(p => p.Type)],
                        lambda.ReturnType
                    )
                    : null
            ) ?? CreatePacked(delegateType, lambda, code, arguments);
    }

    /// <summary>Makes a delegate that takes the memory for the results first and returns nothing.</summary>
    /// <param name="lambda">As for <see cref="Create"/>.</param>
    /// <param name="functions">As for <see cref="Create"/>.</param>
    /// <param name="code">As for <see cref="Create"/>.</param>
    /// <exception cref="NotSupportedException">A result is no tensor.</exception>
    public static Delegate CreateInto(LambdaExpression lambda, FunctionResolver? functions, KernelCode code)
    {
        if (code.Imported.Results.FirstOrDefault(r => r.Kind != LeafKind.Tensor) is { } other)
        {
            throw new NotSupportedException(
                $"only tensors are written into given memory; {other.NameIn("the result")} is of type {CSharpText.TypeName(other.ClrType)}: use Invoke"
            );
        }

        KernelArgument[] arguments = [.. CapturedVariables.Collect(lambda, CallSite.Unknown, functions)];
        var type = Expression.GetActionType([lambda.ReturnType, .. lambda.Parameters.Select(p => p.Type)]);
        var call = !code.IsNative
            ? CreateManagedInto(type, lambda, code, arguments)
            : CreatePacked(type, lambda, code, arguments, into: true);
        return code.MayRetry ? SizeRetry.Around(call, code) : call;
    }

    private static Delegate CreateManagedInto(
        Type delegateType,
        LambdaExpression lambda,
        KernelCode code,
        KernelArgument[] arguments
    )
    {
        var inner = CreateManaged(
            Expression.GetFuncType([.. lambda.Parameters.Select(p => p.Type), lambda.ReturnType]),
            lambda,
            code,
            arguments
        );
        var destination = Expression.Parameter(lambda.ReturnType);
        var result = Expression.Variable(lambda.ReturnType);
        var copies = code.Imported.Results.Select(l =>
            (Expression)
                Expression.Call(
                    typeof(ManagedInvoker)
                        .GetMethod(nameof(ManagedInvoker.CopyInto))!
                        .MakeGenericMethod(l.ClrType.GetGenericArguments()[0]),
                    TypeLayout.Read(result, l),
                    TypeLayout.Read(destination, l)
                )
        );
        return Expression
            .Lambda(
                delegateType,
                Expression.Block(
                    [result],
                    [
                        Expression.Assign(result, Expression.Invoke(Expression.Constant(inner), lambda.Parameters)),
                        .. copies,
                    ]
                ),
                [destination, .. lambda.Parameters]
            )
            .Compile();
    }

    private static Delegate CreateManaged(
        Type delegateType,
        LambdaExpression lambda,
        KernelCode code,
        KernelArgument[] arguments
    )
    {
        // A captured variable is read once, so that one call sees one value.
        var captured = arguments.Select(a => a.Captured).OfType<MemberExpression>().Distinct().ToArray();
        var copies = captured.ToDictionary(c => c, c => Expression.Variable(c.Type));
        var boxed = arguments.Select(a =>
            (Expression)
                Expression.Convert(
                    TypeLayout.Read(a.Captured is { } c ? copies[c] : lambda.Parameters[a.Parameter], a.Leaf),
                    typeof(object)
                )
        );
        var call = Expression.Call(
            Expression.Constant(new ManagedInvoker(code)),
            ManagedCall,
            Expression.NewArrayInit(typeof(object), boxed)
        );
        var results = Expression.Variable(typeof(object[]));
        var layout = code.Imported.ResultLayout;
        var leaves = layout.Leaves.Select(
            (l, i) => (Expression)Expression.Convert(Expression.ArrayIndex(results, Expression.Constant(i)), l.ClrType)
        );
        var body = Expression.Block(
            [.. copies.Values, results],
            [
                .. copies.Select(c => Expression.Assign(c.Value, c.Key)),
                Expression.Assign(results, call),
                layout.Build([.. leaves]),
            ]
        );
        return Expression.Lambda(delegateType, body, lambda.Parameters).Compile();
    }

    private static Delegate CreatePacked(
        Type delegateType,
        LambdaExpression lambda,
        KernelCode code,
        KernelArgument[] arguments,
        bool into = false
    )
    {
        var roots = new List<object>();
        Type[] given = into ? [lambda.ReturnType] : [];
        var method = new DynamicMethod(
            "Kernel",
            into ? typeof(void) : lambda.ReturnType,
            [typeof(PackedInvoker), .. given, .. lambda.Parameters.Select(p => p.Type)],
            typeof(PackedInvoker).Module,
            skipVisibility: true
        );
        var il = method.GetILGenerator();
        var values = EmitArguments(il, arguments, given.Length + 1, roots);
        var shapes = il.DeclareLocal(typeof(ShapeState));
        var version = il.DeclareLocal(typeof(KernelVersion));
        var call = il.DeclareLocal(typeof(KernelCall));
        var result = il.DeclareLocal(lambda.ReturnType);
        EmitChoose(il, arguments, values, shapes, version, code);
        il.Emit(OpCodes.Ldloc, version);
        il.Emit(OpCodes.Call, Member(nameof(PackedInvoker.Begin)));
        il.Emit(OpCodes.Stloc, call);
        il.BeginExceptionBlock();
        for (var i = 0; i < arguments.Length; i++)
        {
            EmitPush(il, arguments[i], values[i], call, version);
        }

        var leaves = code.Imported.Results;
        for (var i = 0; i < leaves.Length && into; i++)
        {
            EmitSetDestination(il, leaves[i], i, call, version);
        }

        il.Emit(OpCodes.Ldloc, call);
        il.Emit(OpCodes.Ldloc, version);
        il.Emit(OpCodes.Call, Member(code.IsTuned ? nameof(PackedInvoker.RunTuned) : nameof(PackedInvoker.Run)));
        if (code.IsSpecialized)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldloc, version);
            il.Emit(OpCodes.Ldloca, shapes);
            il.Emit(OpCodes.Call, Member(nameof(PackedInvoker.Confirm)));
        }

        for (var i = 0; i < leaves.Length; i++)
        {
            if (into)
            {
                EmitFinishDestination(il, leaves[i], i, call, version, shapes);
                continue;
            }

            EmitResult(il, leaves[i], i, result, call, version, shapes);
        }

        il.BeginFinallyBlock();
        il.Emit(OpCodes.Ldloc, call);
        il.Emit(OpCodes.Callvirt, typeof(KernelCall).GetMethod(nameof(KernelCall.Dispose))!);
        il.EndExceptionBlock();
        if (!into)
        {
            il.Emit(OpCodes.Ldloc, result);
        }

        il.Emit(OpCodes.Ret);
        return method.CreateDelegate(delegateType, new PackedInvoker(code, [.. roots]));
    }

    /// <summary>Takes parameters and captured variables apart into a local for each leaf.</summary>
    private static LocalBuilder[] EmitArguments(
        ILGenerator il,
        KernelArgument[] arguments,
        int first,
        List<object> roots
    )
    {
        var captured = new Dictionary<MemberExpression, LocalBuilder>();
        var values = new LocalBuilder[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            var (leaf, root) = (arguments[i].Leaf, arguments[i].Captured);

            // A captured variable is read once, so that one call sees one value.
            if (root is not null && !captured.ContainsKey(root))
            {
                captured[root] = il.DeclareLocal(root.Type);
                EmitRead(il, root, roots);
                il.Emit(OpCodes.Stloc, captured[root]);
            }

            if (root is not null && leaf.Fields.IsEmpty)
            {
                values[i] = captured[root];
                continue;
            }

            if (root is not null)
            {
                il.Emit(OpCodes.Ldloca, captured[root]);
            }
            else
            {
                il.Emit(leaf.Fields.IsEmpty ? OpCodes.Ldarg : OpCodes.Ldarga, (short)(arguments[i].Parameter + first));
            }

            LayoutAccess.EmitLoad(il, leaf);
            values[i] = il.DeclareLocal(leaf.ClrType);
            il.Emit(OpCodes.Stloc, values[i]);
        }

        return values;
    }

    private static void EmitPush(
        ILGenerator il,
        KernelArgument argument,
        LocalBuilder value,
        LocalBuilder call,
        LocalBuilder version
    )
    {
        if (argument.Kind == LeafKind.Tensor)
        {
            var element = ElementOf(argument.Leaf);
            il.Emit(OpCodes.Ldloc, value);
            il.Emit(OpCodes.Call, Member(nameof(PackedInvoker.ToRowMajor), element));
            il.Emit(OpCodes.Stloc, value);
            var start = EmitPin(il, value, element);
            il.Emit(OpCodes.Ldloc, call);
            il.Emit(OpCodes.Ldloc, version);
            il.Emit(OpCodes.Ldloc, value);
            il.Emit(OpCodes.Ldloc, start);
            il.Emit(OpCodes.Conv_U);
            il.Emit(OpCodes.Call, Member(nameof(PackedInvoker.PushPinned), element));
            return;
        }

        il.Emit(OpCodes.Ldloc, call);
        il.Emit(OpCodes.Ldloc, value);
        switch (argument.Kind)
        {
            case LeafKind.Scalar:
                il.Emit(OpCodes.Call, Member(nameof(PackedInvoker.PushScalar), argument.Leaf.ClrType));
                break;
            case LeafKind.String:
                il.Emit(OpCodes.Ldstr, argument.Name);
                il.Emit(OpCodes.Call, Member(nameof(PackedInvoker.PushString)));
                break;
            default:
                il.Emit(OpCodes.Ldstr, argument.Name);
                il.Emit(OpCodes.Call, Member(nameof(PackedInvoker.PushArray)));
                break;
        }
    }

    /// <summary>Pins a tensor for as long as the method runs, as <c>fixed</c> does: nothing is allocated for it, unlike for a handle.</summary>
    private static LocalBuilder EmitPin(ILGenerator il, LocalBuilder tensor, Type element)
    {
        var start = il.DeclareLocal(element.MakeByRefType(), pinned: true);
        il.Emit(OpCodes.Ldloc, tensor);
        il.Emit(OpCodes.Call, Member(nameof(PackedInvoker.Start), element));
        il.Emit(OpCodes.Stloc, start);
        return start;
    }

    /// <summary>The element type of a tensor or array, which may be an enumeration.</summary>
    private static Type ElementOf(LayoutLeaf leaf) =>
        leaf.ClrType.GetElementType() ?? leaf.ClrType.GetGenericArguments()[0];

    private static void EmitChoose(
        ILGenerator il,
        KernelArgument[] arguments,
        LocalBuilder[] values,
        LocalBuilder shapes,
        LocalBuilder version,
        KernelCode code
    )
    {
        void EmitEach(string member, bool named)
        {
            for (var i = 0; i < arguments.Length; i++)
            {
                if (arguments[i].Kind == LeafKind.Tensor)
                {
                    il.Emit(OpCodes.Ldloca, shapes);
                    il.Emit(OpCodes.Ldloc, values[i]);
                    if (named)
                    {
                        il.Emit(OpCodes.Ldstr, arguments[i].Name);
                    }

                    il.Emit(
                        OpCodes.Call,
                        typeof(ShapeState).GetMethod(member)!.MakeGenericMethod(ElementOf(arguments[i].Leaf))
                    );
                }
            }
        }

        EmitEach(nameof(ShapeState.Look), named: true);
        var same = il.DefineLabel();
        if (!code.NeedsShapes)
        {
            il.Emit(OpCodes.Ldloca, shapes);
            il.Emit(OpCodes.Call, typeof(ShapeState).GetProperty(nameof(ShapeState.Differ))!.GetMethod!);
            il.Emit(OpCodes.Brfalse, same);
        }

        EmitEach(code.IsSpecialized ? nameof(ShapeState.AddExact) : nameof(ShapeState.Add), named: false);
        il.MarkLabel(same);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldloca, shapes);
        il.Emit(OpCodes.Call, Member(nameof(PackedInvoker.Choose)));
        il.Emit(OpCodes.Stloc, version);
    }

    /// <summary>Passes one leaf of the destination, which is the first argument.</summary>
    private static void EmitSetDestination(
        ILGenerator il,
        LayoutLeaf leaf,
        int index,
        LocalBuilder call,
        LocalBuilder version
    )
    {
        var tensor = il.DeclareLocal(leaf.ClrType);
        il.Emit(leaf.Fields.IsEmpty ? OpCodes.Ldarg : OpCodes.Ldarga, (short)1);
        LayoutAccess.EmitLoad(il, leaf);
        il.Emit(OpCodes.Stloc, tensor);
        var start = EmitPin(il, tensor, ElementOf(leaf));
        il.Emit(OpCodes.Ldloc, call);
        il.Emit(OpCodes.Ldloc, version);
        il.Emit(OpCodes.Ldc_I4, index);
        il.Emit(OpCodes.Ldloc, tensor);
        il.Emit(OpCodes.Ldloc, start);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Call, Member(nameof(PackedInvoker.SetDestination), ElementOf(leaf)));
    }

    /// <summary>Ends what <see cref="EmitSetDestination"/> began.</summary>
    private static void EmitFinishDestination(
        ILGenerator il,
        LayoutLeaf leaf,
        int index,
        LocalBuilder call,
        LocalBuilder version,
        LocalBuilder shapes
    )
    {
        il.Emit(OpCodes.Ldloc, call);
        il.Emit(OpCodes.Ldloc, version);
        il.Emit(OpCodes.Ldc_I4, index);
        il.Emit(leaf.Fields.IsEmpty ? OpCodes.Ldarg : OpCodes.Ldarga, (short)1);
        LayoutAccess.EmitLoad(il, leaf);
        il.Emit(OpCodes.Ldloca, shapes);
        il.Emit(OpCodes.Call, Member(nameof(PackedInvoker.FinishDestination), ElementOf(leaf)));
    }

    /// <summary>Stores one leaf of the result.</summary>
    private static void EmitResult(
        ILGenerator il,
        LayoutLeaf leaf,
        int index,
        LocalBuilder result,
        LocalBuilder call,
        LocalBuilder version,
        LocalBuilder shapes
    )
    {
        if (!leaf.Fields.IsEmpty)
        {
            il.Emit(OpCodes.Ldloca, result);
            LayoutAccess.EmitHolder(il, leaf);
        }

        il.Emit(OpCodes.Ldloc, call);
        if (leaf.Kind == LeafKind.Tensor)
        {
            il.Emit(OpCodes.Ldloc, version);
        }

        il.Emit(OpCodes.Ldc_I4, index);
        switch (leaf.Kind)
        {
            case LeafKind.Scalar:
                il.Emit(OpCodes.Call, Member(nameof(PackedInvoker.Scalar), leaf.ClrType));
                break;
            case LeafKind.Tensor:
                il.Emit(OpCodes.Ldloca, shapes);
                il.Emit(OpCodes.Call, Member(nameof(PackedInvoker.TensorResult), ElementOf(leaf)));
                break;
            case LeafKind.String:
                il.Emit(OpCodes.Call, Member(nameof(PackedInvoker.StringResult)));
                break;
            case LeafKind.Array when leaf.Rank == 1:
                il.Emit(OpCodes.Call, Member(nameof(PackedInvoker.ArrayResult), ElementOf(leaf)));
                break;
            default:
                il.Emit(OpCodes.Ldc_I4, leaf.Rank);
                il.Emit(OpCodes.Call, Member(nameof(PackedInvoker.GridResult), ElementOf(leaf)));
                il.Emit(OpCodes.Castclass, leaf.ClrType);
                break;
        }

        if (leaf.Fields.IsEmpty)
        {
            il.Emit(OpCodes.Stloc, result);
        }
        else
        {
            il.Emit(OpCodes.Stfld, leaf.Fields[^1]);
        }
    }

    /// <summary>Loads what a chain of fields and properties reads now.</summary>
    private static void EmitRead(ILGenerator il, Expression expression, List<object> roots)
    {
        switch (expression)
        {
            case ConstantExpression constant:
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Call, typeof(PackedInvoker).GetProperty(nameof(PackedInvoker.Roots))!.GetMethod!);
                il.Emit(OpCodes.Ldc_I4, roots.Count);
                il.Emit(OpCodes.Ldelem_Ref);
                il.Emit(constant.Type.IsValueType ? OpCodes.Unbox : OpCodes.Castclass, constant.Type);
                roots.Add(constant.Value!);
                break;
            case MemberExpression { Member: FieldInfo field } member:
                if (member.Expression is not null)
                {
                    EmitRead(il, member.Expression, roots);
                }

                il.Emit(field.IsStatic ? OpCodes.Ldsfld : OpCodes.Ldfld, field);
                break;
            case MemberExpression { Member: PropertyInfo property } member:
                if (member.Expression is not null)
                {
                    EmitRead(il, member.Expression, roots);
                    if (member.Expression.Type.IsValueType && member.Expression is not ConstantExpression)
                    {
                        var copy = il.DeclareLocal(member.Expression.Type);
                        il.Emit(OpCodes.Stloc, copy);
                        il.Emit(OpCodes.Ldloca, copy);
                    }
                }

                il.Emit(
                    property.GetMethod!.IsStatic || property.DeclaringType!.IsValueType
                        ? OpCodes.Call
                        : OpCodes.Callvirt,
                    property.GetMethod!
                );
                break;
            default:
                throw new InvalidOperationException($"{expression} is not a captured variable");
        }
    }

    private static MethodInfo Member(string name, Type? argument = null)
    {
        var method = typeof(PackedInvoker).GetMethod(name, Members)!;
        return argument is null ? method : method.MakeGenericMethod(argument);
    }
}
