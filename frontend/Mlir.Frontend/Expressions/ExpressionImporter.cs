using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.Frontend.Emission;
using Mlir.IR;

namespace Mlir.Frontend.Expressions;

/// <summary>Turns a lambda's expression tree into a module at the tensor level.</summary>
/// <remarks>
/// Whatever the tree holds either gets C#'s exact meaning or an <see cref="UnsupportedExpressionException"/> that quotes it. Checks that C# makes
/// at run time (division by zero, overflow in a checked context, array bounds) become <c>cf.assert</c> at the place where C# makes them.
/// </remarks>
public sealed partial class ExpressionImporter
{
    private readonly ImmutableArray<KernelArgument> _arguments;
    private readonly Dictionary<ParameterExpression, Operand> _bindings = [];
    private readonly Value[] _values;
    private readonly Arithmetic _arithmetic;
    private readonly TensorEmitter _tensors;
    private CallSite _site;

    private ExpressionImporter(ImmutableArray<KernelArgument> arguments, KernelShape shape, Block entry, CallSite site)
    {
        _arguments = arguments;
        _site = site;
        _arithmetic = new Arithmetic(new OpBuilder(entry), site.Location);
        _tensors = new TensorEmitter(_arithmetic, shape.Tensors is null);
        _values = new Value[arguments.Length];
        var tensor = 0;
        for (var i = 0; i < arguments.Length; i++)
        {
            var argument = arguments[i];
            var type = argument.Kind switch
            {
                ArgumentKind.Scalar => argument.Element.IrType,
                ArgumentKind.Array => RankedTensorType.Get([ShapedType.Dynamic], argument.Element.IrType),
                _ => RankedTensorType.Get(
                    (shape.Tensors is { } shapes ? shapes[tensor++] : TensorShape.Flat).Shape.Span,
                    argument.Element.IrType
                ),
            };
            _values[i] = entry.AddArgument(type, site.Location);
        }
    }

    /// <summary>Imports <paramref name="lambda"/>.</summary>
    /// <param name="lambda">The lambda.</param>
    /// <param name="site">Where it stands in the source.</param>
    /// <param name="shape">What the kernel is specialised for.</param>
    /// <exception cref="UnsupportedExpressionException">The lambda holds something that has no compiled form.</exception>
    public static ImportedKernel Import(LambdaExpression lambda, CallSite site, KernelShape shape)
    {
        var arguments = CapturedVariables.Collect(lambda, site);
        var entry = new Block();
        var importer = new ExpressionImporter(arguments, shape, entry, site);
        for (var i = 0; i < lambda.Parameters.Count; i++)
        {
            entry.Arguments[i].NameHint = lambda.Parameters[i].Name;
            importer._bindings[lambda.Parameters[i]] = new Operand.Elements(importer._values[i], arguments[i].Element);
        }

        var values = new List<Value>();
        var results = ImmutableArray.CreateBuilder<KernelResult>();
        importer.Flatten(importer.Import(lambda.Body), lambda.Body.Type, lambda.Body, values, results);
        importer._arithmetic.Builder.Insert(new ReturnOp(site.Location, [.. values]));

        var type = FunctionType.Get([.. entry.Arguments.Select(a => a.Type)], [.. values.Select(v => v.Type)]);
        var function = new FuncOp(site.Location, ImportedKernel.EntryPoint, type);
        function.Body.Insert(entry);
        var module = ModuleOp.Create(site.Location);
        module.Body.Insert(function);
        return new ImportedKernel(module, arguments, results.ToImmutable(), lambda.ReturnType);
    }

    /// <summary>Splits a tuple into its elements, depth first.</summary>
    private void Flatten(
        Operand operand,
        Type type,
        Expression source,
        List<Value> values,
        ImmutableArray<KernelResult>.Builder results
    )
    {
        switch (operand)
        {
            case Operand.Tuple tuple:
                var items = type.GetGenericArguments();
                for (var i = 0; i < tuple.Items.Length; i++)
                {
                    Flatten(tuple.Items[i], items[i], source, values, results);
                }

                break;
            case Operand.Elements elements:
                var kind =
                    !elements.IsTensor ? ArgumentKind.Scalar
                    : type.IsArray ? ArgumentKind.Array
                    : ArgumentKind.Tensor;
                values.Add(elements.Value);
                results.Add(new KernelResult(elements.Type, kind));
                break;
            default:
                throw Unsupported(source, "a kernel returns scalars, tensors, or value tuples of them");
        }
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

    private Operand Import(Expression expression)
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
                    : new Operand.Known(constant.Value);
            case ParameterExpression parameter:
                return _bindings.TryGetValue(parameter, out var bound)
                    ? bound
                    : throw Unsupported(parameter, "it is not a parameter of the lambda");
            case BinaryExpression binary:
                return ImportBinary(binary);
            case UnaryExpression unary:
                return ImportUnary(unary);
            case ConditionalExpression conditional:
                return ImportConditional(conditional);
            case MemberExpression member:
                return ImportMember(member);
            case MethodCallExpression call:
                return ImportCall(call);
            case InvocationExpression invocation:
                return ImportInvocation(invocation);
            case NewExpression make when typeof(ITuple).IsAssignableFrom(make.Type):
                return new Operand.Tuple([.. make.Arguments.Select(Import)]);
            case DefaultExpression
            or NewExpression { Arguments.Count: 0 } when ScalarType.TryGet(expression.Type) is { } type:
                return new Operand.Elements(
                    _arithmetic.Constant(type.Constant(Activator.CreateInstance(type.ClrType)!)),
                    type
                );
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
        if (CapturedVariables.IsFixed(member) && ScalarType.TryGet(member.Type) is { } type)
        {
            return new Operand.Elements(_arithmetic.Constant(type.Constant(CapturedVariables.Read(member)!)), type);
        }

        if (CapturedVariables.IndexOf(_arguments, member) is >= 0 and var index)
        {
            return new Operand.Elements(_values[index], _arguments[index].Element);
        }

        if (member.Expression is null || CapturedVariables.IsOutside(member))
        {
            throw Unsupported(
                member,
                $"variables of type {CSharpText.TypeName(member.Type)} cannot be used in a kernel"
            );
        }

        var target = Import(member.Expression);
        return (target, member.Member.Name) switch
        {
            (Operand.Tuple tuple, var name) when TupleIndex(name) is { } i && i < tuple.Items.Length => tuple.Items[i],
            (Operand.Elements { IsTensor: true } tensor, "FlattenedLength") when IsTensorType(member.Expression.Type) =>
                new Operand.Elements(
                    _arithmetic.Emit(
                        new Dialects.Arith.IndexCastOp(
                            _arithmetic.Location,
                            _tensors.Count(tensor.Value),
                            IntegerType.I64
                        )
                    ),
                    ScalarType.TryGet(typeof(nint))!
                ),
            _ => throw Unsupported(member, "this member has no compiled form"),
        };
    }

    /// <summary><c>Item3</c>, or the named fields of what <c>Math.SinCos</c> returns.</summary>
    private static int? TupleIndex(string name) =>
        name switch
        {
            "Sin" => 0,
            "Cos" => 1,
            _ when name.StartsWith("Item", StringComparison.Ordinal) && int.TryParse(name.AsSpan(4), out var n) => n
                - 1,
            _ => null,
        };

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
