using System.Linq.Expressions;
using System.Reflection;
using System.Reflection.Emit;
using Mlir.Frontend;
using Mlir.Frontend.Expressions;
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
    /// <param name="code">The kernel, perhaps compiled for an equal lambda before.</param>
    public static Delegate Create(Type delegateType, LambdaExpression lambda, KernelCode code)
    {
        var arguments = CapturedVariables.Collect(lambda, CallSite.Unknown);
        var version = code.SameShape;
        if (version.Native is null)
        {
            return CreateManaged(delegateType, lambda, code, [.. arguments]);
        }

        return (
                arguments.Length == lambda.Parameters.Count && version.Imported.Results.Length == 1
                    ? DirectInvoker.TryCreate(
                        delegateType,
                        version,
                        [.. lambda.Parameters.Select(p => p.Type)],
                        lambda.ReturnType
                    )
                    : null
            ) ?? CreatePacked(delegateType, lambda, code, [.. arguments]);
    }

    private static Delegate CreateManaged(
        Type delegateType,
        LambdaExpression lambda,
        KernelCode code,
        KernelArgument[] arguments
    )
    {
        var boxed = arguments.Select(a =>
            (Expression)Expression.Convert(a.Captured ?? (Expression)lambda.Parameters[a.Parameter], typeof(object))
        );
        var call = Expression.Call(
            Expression.Constant(new ManagedInvoker(code)),
            ManagedCall,
            Expression.NewArrayInit(typeof(object), boxed)
        );
        var results = Expression.Variable(typeof(object[]));
        var next = 0;
        Expression Build(Type type) =>
            IsTuple(type)
                ? Expression.New(
                    type.GetConstructor(type.GetGenericArguments())!,
                    type.GetGenericArguments().Select(Build).ToArray()
                )
                : Expression.Convert(Expression.ArrayIndex(results, Expression.Constant(next++)), type);
        var body = Expression.Block([results], Expression.Assign(results, call), Build(lambda.ReturnType));
        return Expression.Lambda(delegateType, body, lambda.Parameters).Compile();
    }

    private static Delegate CreatePacked(
        Type delegateType,
        LambdaExpression lambda,
        KernelCode code,
        KernelArgument[] arguments
    )
    {
        var roots = new List<object>();
        var method = new DynamicMethod(
            "Kernel",
            lambda.ReturnType,
            [typeof(PackedInvoker), .. lambda.Parameters.Select(p => p.Type)],
            typeof(PackedInvoker).Module,
            skipVisibility: true
        );
        var il = method.GetILGenerator();
        var values = arguments.Select(a => il.DeclareLocal(a.ClrType)).ToArray();
        var shapes = il.DeclareLocal(typeof(ShapeState));
        var version = il.DeclareLocal(typeof(KernelVersion));
        var call = il.DeclareLocal(typeof(KernelCall));
        var result = il.DeclareLocal(lambda.ReturnType);

        // A captured variable is read once, so that one call sees one value.
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Captured is { } captured)
            {
                EmitRead(il, captured, roots);
            }
            else
            {
                il.Emit(OpCodes.Ldarg, arguments[i].Parameter + 1);
            }

            il.Emit(OpCodes.Stloc, values[i]);
        }

        EmitChoose(il, arguments, values, shapes, version);
        il.Emit(OpCodes.Ldloc, version);
        il.Emit(OpCodes.Call, Member(nameof(PackedInvoker.Begin)));
        il.Emit(OpCodes.Stloc, call);
        il.BeginExceptionBlock();
        for (var i = 0; i < arguments.Length; i++)
        {
            il.Emit(OpCodes.Ldloc, call);
            if (arguments[i].Kind == ArgumentKind.Tensor)
            {
                il.Emit(OpCodes.Ldloc, version);
            }

            il.Emit(OpCodes.Ldloc, values[i]);
            il.Emit(
                OpCodes.Call,
                arguments[i].Kind switch
                {
                    ArgumentKind.Scalar => Member(nameof(PackedInvoker.PushScalar), arguments[i].ClrType),
                    ArgumentKind.Array => Member(nameof(PackedInvoker.PushArray), arguments[i].Element.ClrType),
                    _ => Member(nameof(PackedInvoker.PushTensor), arguments[i].Element.ClrType),
                }
            );
        }

        il.Emit(OpCodes.Ldloc, call);
        il.Emit(OpCodes.Ldloc, version);
        il.Emit(OpCodes.Call, Member(nameof(PackedInvoker.Run)));
        var next = 0;
        EmitResult(il, lambda.ReturnType, code.SameShape.Imported.Results, ref next, call, version, shapes);
        il.Emit(OpCodes.Stloc, result);
        il.BeginFinallyBlock();
        il.Emit(OpCodes.Ldloc, call);
        il.Emit(OpCodes.Callvirt, typeof(KernelCall).GetMethod(nameof(KernelCall.Dispose))!);
        il.EndExceptionBlock();
        il.Emit(OpCodes.Ldloc, result);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate(delegateType, new PackedInvoker(code, [.. roots]));
    }

    private static void EmitChoose(
        ILGenerator il,
        KernelArgument[] arguments,
        LocalBuilder[] values,
        LocalBuilder shapes,
        LocalBuilder version
    )
    {
        void EmitEach(string member)
        {
            for (var i = 0; i < arguments.Length; i++)
            {
                if (arguments[i].Kind == ArgumentKind.Tensor)
                {
                    il.Emit(OpCodes.Ldloca, shapes);
                    il.Emit(OpCodes.Ldloc, values[i]);
                    il.Emit(
                        OpCodes.Call,
                        typeof(ShapeState).GetMethod(member)!.MakeGenericMethod(arguments[i].Element.ClrType)
                    );
                }
            }
        }

        EmitEach(nameof(ShapeState.Look));
        var same = il.DefineLabel();
        il.Emit(OpCodes.Ldloca, shapes);
        il.Emit(OpCodes.Call, typeof(ShapeState).GetProperty(nameof(ShapeState.Differ))!.GetMethod!);
        il.Emit(OpCodes.Brfalse, same);
        EmitEach(nameof(ShapeState.Add));
        il.MarkLabel(same);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldloca, shapes);
        il.Emit(OpCodes.Call, Member(nameof(PackedInvoker.Choose)));
        il.Emit(OpCodes.Stloc, version);
    }

    private static void EmitResult(
        ILGenerator il,
        Type type,
        IReadOnlyList<KernelResult> results,
        ref int next,
        LocalBuilder call,
        LocalBuilder version,
        LocalBuilder shapes
    )
    {
        if (IsTuple(type))
        {
            foreach (var item in type.GetGenericArguments())
            {
                EmitResult(il, item, results, ref next, call, version, shapes);
            }

            il.Emit(OpCodes.Newobj, type.GetConstructor(type.GetGenericArguments())!);
            return;
        }

        var result = results[next];
        il.Emit(OpCodes.Ldloc, call);
        if (result.Kind == ArgumentKind.Tensor)
        {
            il.Emit(OpCodes.Ldloc, version);
        }

        il.Emit(OpCodes.Ldc_I4, next++);
        if (result.Kind == ArgumentKind.Tensor)
        {
            il.Emit(OpCodes.Ldloca, shapes);
        }

        il.Emit(
            OpCodes.Call,
            result.Kind switch
            {
                ArgumentKind.Scalar => Member(nameof(PackedInvoker.Scalar), type),
                ArgumentKind.Array => Member(nameof(PackedInvoker.ArrayResult), result.Element.ClrType),
                _ => Member(nameof(PackedInvoker.TensorResult), result.Element.ClrType),
            }
        );
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

    private static bool IsTuple(Type type) =>
        typeof(System.Runtime.CompilerServices.ITuple).IsAssignableFrom(type) && type.IsValueType;

    private static MethodInfo Member(string name, Type? argument = null)
    {
        var method = typeof(PackedInvoker).GetMethod(name, Members)!;
        return argument is null ? method : method.MakeGenericMethod(argument);
    }
}
