using System.Collections.Immutable;
using System.Linq.Expressions;
using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.Frontend.Compositions;
using Mlir.Frontend.Layouts;
using Mlir.IR;

namespace Mlir.Frontend.Expressions;

/// <content>Compositions: each lambda becomes a private function of one module, which <c>main</c> calls.</content>
public sealed partial class ExpressionImporter
{
    /// <summary>Imports <paramref name="composition"/>.</summary>
    /// <param name="composition">The lambdas and how they are connected.</param>
    /// <param name="shape">What the kernel is specialised for.</param>
    /// <param name="functions">Finds what the lambdas call by name; null when there is nothing to find.</param>
    /// <exception cref="UnsupportedExpressionException">A lambda holds something that has no compiled form.</exception>
    public static ImportedKernel Import(Composition composition, KernelShape shape, FunctionResolver? functions = null)
    {
        ArgumentNullException.ThrowIfNull(composition);
        ArgumentNullException.ThrowIfNull(shape);
        var arguments = CapturedVariables.Collect(composition, functions);
        var module = new ModuleImport(ModuleOp.Create(Location.Unknown), functions, shape, composition.Steps.Length);
        var importer = new ExpressionImporter(module, arguments, [.. TypesOf(arguments, shape)], CallSite.Unknown);
        ImmutableArray<TypeLayout> Outputs() =>
            [.. composition.Outputs.Select(o => TypeLayout.Of(composition.TypeOf(o)))];
        try
        {
            var function = importer.ImportSteps(composition);
            module.Module.Body.Insert(function, module.Module.Body.First);
            return new ImportedKernel(module.Module, arguments, Outputs(), module.IsRecursive)
            {
                MeetsSizes = module.Ones is { Count: > 0 },
            };
        }
        catch (ShapesNeededException)
        {
            return ImportedKernel.WithoutModule(Location.Unknown, arguments, Outputs());
        }
    }

    private FuncOp ImportSteps(Composition composition)
    {
        var inputs = new Operand[composition.Inputs.Length];
        var at = 0;
        for (var i = 0; i < inputs.Length; i++)
        {
            var layout = TypeLayout.Of(composition.Inputs[i]);
            inputs[i] = FromLeaves(layout, _values.AsSpan(at, layout.Leaves.Length));
            at += layout.Leaves.Length;
        }

        var results = new Operand[composition.Steps.Length];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = ImportStep(composition, composition.Steps[i], inputs, results);
        }

        (_site, _arithmetic.Location) = (CallSite.Unknown, Location.Unknown);
        var outputs = new List<Value>();
        foreach (var output in composition.Outputs)
        {
            var type = composition.TypeOf(output);
            var layout =
                TypeLayout.TryGet(type, out var reason)
                ?? throw Unsupported(Expression.Default(type), $"its result: {reason}");
            outputs.AddRange(LeavesOf(Find(composition, output, inputs, results), layout, Expression.Default(type)));
        }

        _arithmetic.Builder.Insert(new ReturnOp(_arithmetic.Location, [.. outputs]));
        var signature = FunctionType.Get([.. _entry.Arguments.Select(a => a.Type)], [.. outputs.Select(v => v.Type)]);
        var function = new FuncOp(_arithmetic.Location, ImportedKernel.EntryPoint, signature, null);
        function.Body.Insert(_entry);
        return function;
    }

    private Operand ImportStep(Composition composition, CompositionStep step, Operand[] inputs, Operand[] results)
    {
        (_site, _arithmetic.Location) = (step.Site, step.Site.Location);
        var parameters = step.Lambda.Parameters;
        if (parameters.Count != step.Arguments.Length)
        {
            throw Unsupported(step.Lambda, $"it takes {parameters.Count} arguments, not {step.Arguments.Length}");
        }

        var values = new List<Value>();
        for (var i = 0; i < parameters.Count; i++)
        {
            var type = composition.TypeOf(step.Arguments[i]);
            var operand = Converted(
                Find(composition, step.Arguments[i], inputs, results),
                type,
                parameters[i].Type,
                parameters[i]
            );
            var layout =
                TypeLayout.TryGet(parameters[i].Type, out var reason) ?? throw Unsupported(parameters[i], reason!);
            values.AddRange(LeavesOf(operand, layout, parameters[i]));
        }

        return CallFunction(step.Lambda.Body, step.Name, new(step.Lambda, step.Site), values);
    }

    private Operand Find(Composition composition, CompositionOperand operand, Operand[] inputs, Operand[] results)
    {
        var items = new Stack<CompositionOperand.Element>();
        while (operand is CompositionOperand.Element element)
        {
            items.Push(element);
            operand = element.Tuple;
        }

        var found = operand switch
        {
            CompositionOperand.Input input => inputs[input.Index],
            CompositionOperand.Result { Step: var step } => results[step]
                ?? throw new ArgumentException($"step {step} comes later than what takes its result"),
            CompositionOperand.Literal literal => Import(Expression.Constant(literal.Value, literal.Type)),
            _ => throw new ArgumentException($"{operand} is no operand", nameof(operand)),
        };
        while (items.TryPop(out var element))
        {
            var type = composition.TypeOf(element.Tuple);
            var item =
                TupleItems.Find(type, element.Index)
                ?? throw Unsupported(Expression.Default(type), $"it has no item {element.Index}");
            var leaves = Leaves(found, Expression.Default(type)).Select(l => l.Value).ToArray();
            found = FromLeaves(item.Layout, leaves.AsSpan(item.FirstLeaf, item.Layout.Leaves.Length));
        }

        return found;
    }
}
