using System.Collections.Immutable;
using Mlir.Dialects.Flow;
using Mlir.IR;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Dataflow;

public sealed partial class Flow
{
    /// <summary>Builds a graph from operations: each is added as a call would add it, so that all rules hold.</summary>
    /// <param name="flow">The graph to fill, locked.</param>
    /// <param name="inputs">The values by name.</param>
    private sealed class FlowReader(Flow flow, IReadOnlyDictionary<string, object?> inputs)
    {
        private readonly Dictionary<Value, FlowValue> _values = new(ReferenceEqualityComparer.Instance);

        /// <summary>Adds everything; gives the values that the graph ends with.</summary>
        public ImmutableArray<FlowValue> Read(GraphOp graph)
        {
            LearnTypes(graph);
            foreach (var op in graph.Body.Operations)
            {
                if (op is not YieldOp)
                {
                    _values.Add(op.OpResults[0], Add(op));
                }
            }

            return [.. graph.Yield.Operands.Select(v => _values[v])];
        }

        // Before anything is added: a literal may be of an enumeration that only a function behind it names.
        private void LearnTypes(GraphOp graph)
        {
            foreach (var op in graph.Body.Operations)
            {
                if (op is IFlowTask task && flow.Resolver.TryGetFunction(task.Implementation, out var function))
                {
                    flow._types.Add(function);
                }
                else if (op is RunOp run && inputs.GetValueOrDefault(run.Name) is Delegate foreign)
                {
                    foreach (var parameter in ForeignShape.Of(foreign.GetType()).Parameters)
                    {
                        flow._types.Add(parameter);
                    }
                }
            }
        }

        private FlowValue Add(Operation op) =>
            op switch
            {
                InputOp input => AddInput(input),
                LiteralOp literal => AddLiteral(literal),
                TaskOp task => AddTask(task),
                TranslateOp translate => AddTranslation(translate),
                ElementOp element => AddElement(element),
                RunOp run => AddRun(run),
                _ => throw Error(FlowErrors.Fused, op, op.Name),
            };

        private FlowValue AddInput(InputOp input)
        {
            if (!inputs.TryGetValue(input.Name, out var value))
            {
                throw Error(FlowErrors.MissingInput, input, "the input", input.Name);
            }

            // null has no type of its own: it fits whatever the text says, if that is known.
            var type = value?.GetType() ?? flow._types.Find(input.Value.Type) ?? typeof(object);
            if (flow._types[type] != input.Value.Type)
            {
                throw Error(
                    FlowErrors.WrongInput,
                    input,
                    input.Name,
                    TypeName.Of(type),
                    ((DataType)input.Value.Type).Name
                );
            }

            return flow.AddInput(value, type, input.Name, null, SiteOf(input));
        }

        private FlowValue AddLiteral(LiteralOp literal)
        {
            var type =
                flow._types.Find(literal.Result.Type)
                ?? throw Error(FlowErrors.WrongLiteral, literal, $"no literal has the type {literal.Result.Type}");
            try
            {
                FlowLiteral.Read(literal.Value, type);
            }
            catch (FormatException e)
            {
                throw Error(FlowErrors.WrongLiteral, literal, e.Message);
            }

            return flow.AddLiteral(literal.Value, type, literal.Location);
        }

        private FlowValue AddTask(TaskOp task)
        {
            var function = Find(task, task.Implementation);
            if (function is not ConcreteAlgorithm { Algorithm.Name: var algorithm } concrete)
            {
                throw Error(FlowErrors.WrongTask, task, function, "is no implementation of an algorithm", "it is");
            }

            if (algorithm != task.Algorithm)
            {
                throw Error(FlowErrors.WrongTask, task, function, $"implements {algorithm}", task.Algorithm);
            }

            Check(task, function, task.Compiler);
            return flow.AddTask(concrete, OperandsOf(task), task.Location);
        }

        private FlowValue AddTranslation(TranslateOp translate)
        {
            var function = Find(translate, translate.Implementation);
            if (function is not Translator translator)
            {
                throw Error(FlowErrors.WrongTask, translate, function, "is no translator", "it is");
            }

            Check(translate, function, translate.Compiler);
            return flow.AddTranslations(_values[translate.Source], [translator], translate.Location);
        }

        private FlowValue AddElement(ElementOp element)
        {
            try
            {
                var item = flow.AddItem(_values[element.Tuple], checked((int)element.Index), CallSite.Unknown);
                CheckType(element, "the item", item.Type);
                return item;
            }
            catch (Exception e) when (e is FlowException or OverflowException)
            {
                throw Error(FlowErrors.UnknownFunction, element, e.Message);
            }
        }

        private FlowValue AddRun(RunOp run)
        {
            if (!inputs.TryGetValue(run.Name, out var value) || value is null)
            {
                throw Error(FlowErrors.MissingInput, run, "the foreign function", run.Name);
            }

            if (value is not Delegate foreign)
            {
                throw Error(FlowErrors.WrongInput, run, run.Name, TypeName.Of(value.GetType()), "it is a function");
            }

            var function = new ForeignFunction(foreign);
            CheckTypes(run, $"the function \"{run.Name}\"", function.Parameters, function.ResultType);
            if (!flow._names.TryTake(run.Name))
            {
                throw Error(FlowErrors.UnknownFunction, run, $"the graph has a node \"{run.Name}\" already");
            }

            return flow.AddRun(function, OperandsOf(run), run.Name, run.Location);
        }

        private TaskFunction Find(Operation op, string id)
        {
            try
            {
                return flow.Resolver.GetFunction(id);
            }
            catch (DispatchException e)
            {
                throw Error(FlowErrors.UnknownFunction, op, e.Message);
            }
        }

        private void Check(Operation op, TaskFunction function, string? compiler)
        {
            CheckTypes(op, function.Id, [.. function.Parameters.Select(p => p.Type)], function.ResultType);
            if (function.Compiler != compiler)
            {
                throw Error(
                    FlowErrors.WrongTask,
                    op,
                    function.Id,
                    function.Compiler is null ? "runs as it is" : $"is compiled by {function.Compiler}",
                    compiler is null ? "it runs as it is" : $"by {compiler}"
                );
            }
        }

        private void CheckTypes(Operation op, string what, ImmutableArray<Type> parameters, Type result)
        {
            if (parameters.Length != op.Operands.Count)
            {
                throw Error(FlowErrors.WrongTask, op, what, $"takes {parameters.Length} arguments", op.Operands.Count);
            }

            for (var i = 0; i < parameters.Length; i++)
            {
                var given = _values[op.Operands[i]].Type;
                if (!parameters[i].IsAssignableFrom(given))
                {
                    throw Error(
                        FlowErrors.WrongTask,
                        op,
                        what,
                        $"takes {TypeName.Of(parameters[i])} as argument {i}",
                        TypeName.Of(given)
                    );
                }
            }

            CheckType(op, what, result);
        }

        private void CheckType(Operation op, string what, Type result)
        {
            if (flow._types[result] != op.OpResults[0].Type)
            {
                throw Error(
                    FlowErrors.WrongTask,
                    op,
                    what,
                    $"gives {TypeName.Of(result)}",
                    ((DataType)op.OpResults[0].Type).Name
                );
            }
        }

        private Value[] OperandsOf(Operation op) => [.. op.Operands.Select(v => (Value)_values[v].Result)];

        private static CallSite SiteOf(Operation op) =>
            op.Location.File is { } file ? new CallSite(file.FileName, file.Line, "") : CallSite.Unknown;

        private static DiagnosticException Error(
            DiagnosticTemplate template,
            Operation op,
            params ReadOnlySpan<object?> arguments
        ) => new(template.At(op.Location, arguments));
    }
}
