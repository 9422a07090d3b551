using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Layouts;
using Mlir.IR;

namespace Mlir.Frontend.Expressions;

/// <summary>Turns a lambda's expression tree into a module at the tensor level.</summary>
/// <remarks>
/// Whatever the tree holds either gets C#'s exact meaning or an <see cref="UnsupportedExpressionException"/> that quotes it. Checks that C# makes
/// at run time (division by zero, overflow in a checked context, array bounds) become <c>cf.assert</c> at the place where C# makes them.
/// </remarks>
public sealed partial class ExpressionImporter
{
    private readonly ModuleImport _module;
    private readonly ImmutableArray<KernelArgument> _arguments;
    private readonly Dictionary<ParameterExpression, Operand> _bindings = [];
    private readonly Block _entry = new();
    private readonly Value[] _values;
    private readonly Arithmetic _arithmetic;
    private readonly TensorEmitter _tensors;
    private CallSite _site;

    private ExpressionImporter(
        ModuleImport module,
        ImmutableArray<KernelArgument> arguments,
        IReadOnlyList<IrType> types,
        CallSite site
    )
    {
        _module = module;
        _arguments = arguments;
        _site = site;
        _arithmetic = new Arithmetic(new OpBuilder(_entry), site.Location);
        _tensors = new TensorEmitter(_arithmetic, module.Ones);
        _values = [.. types.Select(t => _entry.AddArgument(t, site.Location))];
    }

    /// <summary>Imports <paramref name="lambda"/>.</summary>
    /// <param name="lambda">The lambda.</param>
    /// <param name="site">Where it stands in the source.</param>
    /// <param name="shape">What the kernel is specialised for.</param>
    /// <param name="functions">Finds what it calls by name; null when there is nothing to find.</param>
    /// <exception cref="UnsupportedExpressionException">The lambda holds something that has no compiled form.</exception>
    public static ImportedKernel Import(
        LambdaExpression lambda,
        CallSite site,
        KernelShape shape,
        FunctionResolver? functions = null
    )
    {
        var arguments = CapturedVariables.Collect(lambda, site, functions);
        var result =
            TypeLayout.TryGet(lambda.ReturnType, out var reason)
            ?? throw new UnsupportedExpressionException(site, CSharpText.Of(lambda.Body), $"its result: {reason}");
        var module = new ModuleImport(ModuleOp.Create(site.Location), functions, shape);
        var importer = new ExpressionImporter(module, arguments, [.. TypesOf(arguments, shape)], site);
        try
        {
            var function = importer.ImportBody(lambda, result, ImportedKernel.EntryPoint, isPublic: true);
            module.Module.Body.Insert(function, module.Module.Body.First);
            return new ImportedKernel(module.Module, arguments, [result], module.IsRecursive)
            {
                MeetsSizes = module.Ones is { Count: > 0 },
            };
        }
        catch (ShapesNeededException)
        {
            return ImportedKernel.WithoutModule(site.Location, arguments, [result]);
        }
    }

    /// <summary>The types that the kernel's parameters have in the module.</summary>
    private static IEnumerable<IrType> TypesOf(ImmutableArray<KernelArgument> arguments, KernelShape shape)
    {
        var tensor = 0;
        foreach (var argument in arguments)
        {
            yield return argument.Kind == LeafKind.Tensor
                ? RankedTensorType.Get(
                    (shape.Tensors is { } shapes ? shapes[tensor++] : TensorShape.Flat).Shape.Span,
                    argument.Element.IrType
                )
                : OpenType(argument.Leaf);
        }
    }

    /// <summary>The type of a scalar, array or string, which its C# type determines.</summary>
    internal static IrType OpenType(LayoutLeaf leaf) =>
        leaf.Kind == LeafKind.Scalar
            ? leaf.Element.IrType
            : RankedTensorType.Get(
                [.. Enumerable.Repeat(ShapedType.Dynamic, Math.Max(leaf.Rank, 1))],
                leaf.Element.IrType
            );

    /// <summary>Imports the body of a lambda whose parameters are the first values.</summary>
    private FuncOp ImportBody(LambdaExpression lambda, TypeLayout result, string name, bool isPublic)
    {
        _tensors.TakesArguments = isPublic;
        var at = 0;
        for (; at < _arguments.Length && _arguments[at].Parameter >= 0; at++)
        {
            _entry.Arguments[at].NameHint = _arguments[at].Leaf.Path.Length == 0 ? _arguments[at].Name : null;
        }

        at = 0;
        foreach (var parameter in lambda.Parameters)
        {
            var layout = TypeLayout.Of(parameter.Type);
            _bindings[parameter] = FromLeaves(layout, _values.AsSpan(at, layout.Leaves.Length));
            at += layout.Leaves.Length;
        }

        var values = LeavesOf(Import(lambda.Body), result, lambda.Body);
        _arithmetic.Builder.Insert(new ReturnOp(_site.Location, values));
        var type = FunctionType.Get([.. _entry.Arguments.Select(a => a.Type)], [.. values.Select(v => v.Type)]);
        var function = new FuncOp(_site.Location, name, type, isPublic ? null : "private");
        function.Body.Insert(_entry);
        return function;
    }

    /// <summary>A value of the kernel as its leaves, arrays and strings with open sizes.</summary>
    private Value[] LeavesOf(Operand operand, TypeLayout layout, Expression source)
    {
        var leaves = Leaves(operand, source);
        if (leaves.Count != layout.Leaves.Length)
        {
            throw Unsupported(source, $"a value of type {layout} is needed here");
        }

        var values = new Value[leaves.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var leaf = layout.Leaves[i];
            values[i] = leaf.Kind is LeafKind.Array or LeafKind.String
                ? Open(leaves[i].Value, _arithmetic.Builder.Block!)
                : leaves[i].Value;
            var fits =
                leaf.Kind == LeafKind.Tensor
                    ? values[i].Type is RankedTensorType tensor && tensor.ElementType == leaf.Element.IrType
                    : values[i].Type == OpenType(leaf);
            if (!fits)
            {
                throw Unsupported(source, $"a value of type {layout} is needed here");
            }
        }

        return values;
    }

    /// <summary>The value of a type that has these leaves.</summary>
    private static Operand FromLeaves(TypeLayout layout, ReadOnlySpan<Value> leaves)
    {
        if (layout.IsLeaf)
        {
            return new Operand.Elements(leaves[0], layout.Leaves[0].Element);
        }

        var items = ImmutableArray.CreateBuilder<Operand>(layout.Members.Length);
        foreach (var member in layout.Members)
        {
            items.Add(FromLeaves(member.Layout, leaves.Slice(member.FirstLeaf, member.Layout.Leaves.Length)));
        }

        return new Operand.Struct(items.MoveToImmutable());
    }

    /// <summary>The compiled lambda that an invocation calls, or null.</summary>
    internal static ICompiledLambda? CalledKernel(InvocationExpression node) =>
        node.Expression is MemberExpression { Member.Name: "Invoke", Expression: { } target }
        && typeof(ICompiledLambda).IsAssignableFrom(target.Type)
        && CapturedVariables.IsOutside(target)
            ? (ICompiledLambda?)CapturedVariables.Read(target)
            : null;

    private UnsupportedExpressionException Unsupported(Expression expression, string reason) =>
        new(_site, CSharpText.Of(expression), reason);

    private Operand Import(Expression expression) =>
        ImportOrThrow(expression) is var operand && operand is Operand.Never never ? Fail(never, expression) : operand;

    /// <summary>As <see cref="Import(Expression)"/>, but a <c>throw</c> is left to the caller, who may know when it is reached.</summary>
    private Operand ImportOrThrow(Expression expression)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Unsupported(expression, "the expression is nested too deeply");
        }

        switch (expression)
        {
            case ConstantExpression constant:
                return ScalarType.TryGet(constant.Type) is { } scalar
                        ? new Operand.Elements(_arithmetic.Constant(scalar.Constant(constant.Value!)), scalar)
                    : constant.Value is string text ? ConstantString(text, constant)
                    : constant.Value is ValueType value ? ConstantStruct(value, constant)
                    : new Operand.Known(constant.Value);
            case ParameterExpression parameter:
                return _bindings.TryGetValue(parameter, out var bound)
                    ? bound
                    : throw Unsupported(parameter, "it is not a parameter of the lambda");
            case BinaryExpression binary:
                return ImportBinary(binary);
            case UnaryExpression { NodeType: ExpressionType.Throw } thrown:
                return ImportThrow(thrown, thrown.Operand);
            case UnaryExpression unary:
                return ImportUnary(unary);
            case ConditionalExpression conditional:
                return ImportConditional(conditional);
            case MemberExpression member:
                return ImportMember(member);
            case MethodCallExpression call:
                return ImportCall(call);
            case IndexExpression { Indexer: null } access:
                return ImportArrayAccess(access, access.Object!, access.Arguments);
            case InvocationExpression invocation:
                return ImportInvocation(invocation);
            case DefaultExpression or NewExpression { Constructor: null, Arguments.Count: 0 }:
                return DefaultOf(TypeLayout.TryGet(expression.Type, out _), expression);
            case NewExpression make:
                return ImportNew(make);
            case MemberInitExpression init:
                return ImportMemberInit(init);
            case ElementwiseCall call:
                return ImportElementwise(call);
            case FoldCall call:
                return ImportFold(call);
            default:
                throw Unsupported(expression, "this kind of expression has no compiled form");
        }
    }

    private Operand.Elements ImportElements(Expression expression) =>
        Import(expression) as Operand.Elements ?? throw Unsupported(expression, "a scalar or a tensor is needed here");

    private Operand.Elements ImportScalar(Expression expression) =>
        ImportElements(expression) is { IsTensor: false } scalar
            ? scalar
            : throw Unsupported(expression, "a scalar is needed here");

    private Operand ImportMember(MemberExpression member)
    {
        if (CapturedVariables.IsFixed(member))
        {
            return ImportOrThrow(Expression.Constant(CapturedVariables.Read(member), member.Type));
        }

        if (CapturedVariables.IndexOf(_arguments, member) is >= 0 and var index)
        {
            var captured = TypeLayout.Of(member.Type);
            return FromLeaves(captured, _values.AsSpan(index, captured.Leaves.Length));
        }

        if (member.Expression is null || CapturedVariables.IsOutside(member))
        {
            TypeLayout.TryGet(member.Type, out var reason);
            throw Unsupported(member, $"it cannot be passed to a kernel: {reason}");
        }

        var type = member.Expression.Type;
        var name = member.Member.Name;
        switch (Import(member.Expression))
        {
            case Operand.Struct value when TypeLayout.Of(type).Find(name) is { } found:
                return value.Items[TypeLayout.Of(type).Members.IndexOf(found)];
            case Operand.Struct:
                throw Unsupported(
                    member,
                    $"{CSharpText.TypeName(type)}.{name} is neither a field nor an auto-property"
                );
            case Operand.Elements { IsTensor: true } tensor when name == "FlattenedLength" && IsTensorType(type):
                return Count(tensor.Value, ScalarType.TryGet(typeof(nint))!);
            case Operand.Elements { IsTensor: true } tensor when name == "IsEmpty" && IsTensorType(type):
                return new Operand.Elements(
                    _arithmetic.Emit(
                        new Dialects.Arith.CmpIOp(
                            _arithmetic.Location,
                            _tensors.Count(tensor.Value),
                            _arithmetic.Index(0),
                            Dialects.Arith.CmpIPredicate.Eq
                        )
                    ),
                    ScalarType.Bool
                );
            case Operand.Elements { IsTensor: true } tensor when name == "Rank" && IsTensorType(type):
                _module.RequireShapes();
                return new Operand.Elements(
                    _arithmetic.Constant(IntegerAttr.Get(IntegerType.I32, ((RankedTensorType)tensor.Value.Type).Rank)),
                    ScalarType.Int32
                );
            case Operand.Elements { IsTensor: true } sequence
                when name == "Length" && (type == typeof(string) || type.IsArray):
                return Count(sequence.Value, ScalarType.Int32);
            case Operand.Elements { IsTensor: true } sequence when name == "LongLength" && type.IsArray:
                return Count(sequence.Value, ScalarType.Int64);
            default:
                throw Unsupported(member, "this member has no compiled form");
        }
    }

    private Operand.Elements Count(Value tensor, ScalarType type) =>
        new(
            _arithmetic.Emit(new Dialects.Arith.IndexCastOp(_arithmetic.Location, _tensors.Count(tensor), type.IrType)),
            type
        );

    private static bool IsTensorType(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Tensor<>);

    private Operand ImportInvocation(InvocationExpression invocation)
    {
        if (CalledKernel(invocation) is not { } kernel)
        {
            throw Unsupported(
                invocation,
                "a delegate's code is not visible to the compiler; call a static method that it knows, or a lambda compiled with Jit.Compile through its Invoke"
            );
        }

        // The called lambda's body takes the place of the call; its own site names its errors.
        var operands = invocation.Arguments.Select(Import).ToArray();
        var (outerSite, outerLocation) = (_site, _arithmetic.Location);
        for (var i = 0; i < operands.Length; i++)
        {
            _bindings[kernel.Source.Parameters[i]] = operands[i];
        }

        _site = kernel.Site;
        _arithmetic.Location = new CallSiteLoc(kernel.Site.Location, outerLocation);
        var result = Import(kernel.Source.Body);
        (_site, _arithmetic.Location) = (outerSite, outerLocation);
        return result;
    }
}
