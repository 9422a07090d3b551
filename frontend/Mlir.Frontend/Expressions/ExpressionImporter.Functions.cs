using System.Linq.Expressions;
using Mlir.Dialects.Func;
using Mlir.Frontend.Layouts;
using Mlir.IR;

namespace Mlir.Frontend.Expressions;

/// <content>Calls of functions by name, which become private functions of the module.</content>
public sealed partial class ExpressionImporter
{
    private Operand ImportFunctionCall(MethodCallExpression call, FunctionCall function)
    {
        if (function.Name is null)
        {
            throw Unsupported(call, "the function's name must be a constant or a captured string");
        }

        if (function.Arguments.IsDefault)
        {
            throw Unsupported(call, "the arguments must be written out in the call");
        }

        var target =
            function.Resolve(_module.Functions)
            ?? throw Unsupported(call, $"there is no function {function}; define it first");
        var parameters = target.Lambda.Parameters;
        if (parameters.Count != function.Arguments.Length)
        {
            throw Unsupported(call, $"{function.Name} takes {parameters.Count} arguments");
        }

        var values = new List<Value>();
        for (var i = 0; i < parameters.Count; i++)
        {
            values.AddRange(ImportArgument(function.Arguments[i], parameters[i], call));
        }

        return Converted(CallFunction(call, function.Name, target, values), target.Lambda.ReturnType, call.Type, call);
    }

    /// <summary>Calls the private function that <paramref name="target"/> becomes for these arguments.</summary>
    private Operand CallFunction(Expression call, string name, ResolvedFunction target, List<Value> values)
    {
        // What the function captures, this one has as arguments too.
        var needed = CapturedVariables.Collect(target.Lambda, target.Site, _module.Functions);
        foreach (var captured in needed.Where(a => a.Captured is not null))
        {
            var first = CapturedVariables.IndexOf(_arguments, captured.Captured!);
            var offset = TypeLayout.Of(captured.Captured!.Type).Leaves.IndexOf(captured.Leaf);
            values.Add(_values[first + offset]);
        }

        var result =
            TypeLayout.TryGet(target.Lambda.ReturnType, out var reason)
            ?? throw new UnsupportedExpressionException(
                target.Site,
                CSharpText.Of(target.Lambda.Body),
                $"its result: {reason}"
            );
        var (symbol, types) = Function(call, name, target, result, [.. values.Select(v => v.Type)]);
        var made = _arithmetic.Builder.Insert(
            new CallOp(_arithmetic.Location, [.. values], SymbolRefAttr.Get(symbol), types)
        );
        return FromLeaves(result, [.. made.Results]);
    }

    private Value[] ImportArgument(Expression argument, ParameterExpression parameter, Expression call) =>
        LeavesOf(
            Converted(Import(argument), argument.Type, parameter.Type, call),
            TypeLayout.TryGet(parameter.Type, out var reason) ?? throw Unsupported(call, reason!),
            argument
        );

    /// <summary>Converts as C# does where no cast is written.</summary>
    private Operand Converted(Operand operand, Type from, Type to, Expression source)
    {
        if (from == to)
        {
            return operand;
        }

        return
            operand is Operand.Elements { IsTensor: false } scalar
            && !to.IsEnum
            && !from.IsEnum
            && ScalarType.TryGet(to) is { } target
            && scalar.Type.ConvertsImplicitlyTo(target)
            ? new Operand.Elements(_arithmetic.Convert(scalar.Value, scalar.Type, target), target)
            : throw Unsupported(
                source,
                $"there is no implicit conversion from {CSharpText.TypeName(from)} to {CSharpText.TypeName(to)}"
            );
    }

    /// <summary>The function of the module for these argument types, imported when it is first called.</summary>
    private (string Symbol, IrType[] Results) Function(
        Expression call,
        string name,
        ResolvedFunction target,
        TypeLayout result,
        IrType[] types
    )
    {
        var inputs = FunctionType.Get(types, []);
        if (_module.Find(target.Lambda, inputs) is { } known)
        {
            if (known.Results is { } results)
            {
                return (known.Symbol, results);
            }

            _module.IsRecursive = true;
            return result.Leaves.Any(l => l.Kind == LeafKind.Tensor)
                ? throw Unsupported(
                    call,
                    "a function that calls itself cannot return a Tensor<T>, whose rank is not known yet; return an array"
                )
                : (known.Symbol, [.. result.Leaves.Select(OpenType)]);
        }

        if (_module.IsFull)
        {
            throw Unsupported(call, $"the lambda needs more than {ModuleImport.MaxFunctions} functions");
        }

        var function = _module.Begin(name, target.Lambda, inputs);
        var importer = new ExpressionImporter(
            _module,
            CapturedVariables.Collect(target.Lambda, target.Site, _module.Functions),
            types,
            target.Site
        );
        var made = importer.ImportBody(target.Lambda, result, function.Symbol, isPublic: false);
        function.Results = [.. made.FunctionType.Results];
        _module.Add(made);
        return (function.Symbol, function.Results);
    }
}
