using System.Linq.Expressions;
using System.Reflection;
using System.Reflection.Emit;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Registry;

/// <summary>The ways in which plugins are found.</summary>
public sealed class PluginTests
{
    [Plugin("scaled")]
    public sealed class Scaling(int factor)
    {
        [AbstractAlgorithm("plugin.scale")]
        public delegate int Scale(int x);

        [ConcreteAlgorithm("plugin.scale")]
        public int Times(int x) => x * factor;

        [ConcreteAlgorithm("plugin.scale", Compiler = "cpu")]
        private Expression<Scale> Lambda => x => x * factor;
    }

    [Test]
    public void An_instance_is_called_on_itself()
    {
        var resolver = new Resolver().AddPlugin(new Scaling(3));
        Assert.Multiple(() =>
        {
            Assert.That(resolver.Run("plugin.scale", 5), Is.EqualTo(15));
            Assert.That(resolver.GetFunction("scaled.Times").Invoke([4]), Is.EqualTo(12));
            Assert.That(resolver.GetFunction("scaled.Lambda").Invoke([4]), Is.EqualTo(12));
            Assert.That(resolver.GetFunction("scaled.Lambda").Compiler, Is.EqualTo("cpu"));
            Assert.That(resolver.Diagnostics, Is.Empty);
        });
    }

    public abstract class Base
    {
        [AbstractAlgorithm("plugin.name")]
        public delegate string Name(int x);

        [ConcreteAlgorithm("plugin.name")]
        public string Inherited(int x) => Prefix + x;

        protected abstract string Prefix { get; }
    }

    public sealed class Derived : Base
    {
        protected override string Prefix => "derived ";
    }

    [Test]
    public void What_base_classes_declare_belongs_to_the_plugin()
    {
        var resolver = new Resolver().AddPlugins(typeof(Base.Name)).AddPlugin(new Derived());
        Assert.That(resolver.Run("plugin.name", 1), Is.EqualTo("derived 1"));
        Assert.That(resolver.Plugins, Is.EqualTo(new[] { "Derived" }));
    }

    public sealed class Declared
    {
        [AbstractAlgorithm("plugin.twice"), ConcreteAlgorithm("plugin.twice")]
        public static int Twice(int x) => 2 * x;
    }

    [Test]
    public void A_method_may_declare_an_algorithm_and_implement_it() =>
        Assert.That(new Resolver().AddPlugin(typeof(Declared)).Run("plugin.twice", 4), Is.EqualTo(8));

    [Test]
    public void Plugins_are_found_in_an_assembly_by_their_attribute()
    {
        var assembly = Emit("Found", [typeof(PluginAttribute)], "emitted");
        var resolver = new Resolver().AddPlugins(assembly);
        Assert.Multiple(() =>
        {
            Assert.That(resolver.Run("emitted.same", 4), Is.EqualTo(4));
            Assert.That(resolver.Plugins, Is.EqualTo(new[] { "emitted" }));
            Assert.That(
                () => new Resolver().AddPlugins(Emit("Lost", [], "x")),
                Throws
                    .TypeOf<RegistrationException>()
                    .With.Message.EqualTo("Lost holds no plugin: mark a class with [Plugin]")
            );
        });
        resolver.AddPlugins(assembly);
        Assert.That(resolver.GetImplementations(resolver.GetAlgorithm("emitted.same")), Has.Length.EqualTo(1));
    }

    [Plugin("compiling")]
    public sealed class CompilingPlugin : ICompiler
    {
        public static class Algorithms
        {
            [AbstractAlgorithm("compiling.inc")]
            public delegate int Inc(int x);

            [ConcreteAlgorithm("compiling.inc", Compiler = "adds-hundred")]
            public static readonly Expression<Inc> Plain = x => x + 1;
        }

        public string Name => "adds-hundred";

        public bool RunsInParallel => false;

        public void InitializeRuntime() { }

        public void TeardownRuntime() { }

        public CompiledTask CompileAlgorithm(
            TaskFunction algorithm,
            System.Collections.Immutable.ImmutableSortedDictionary<int, object?> literals
        ) => new Task((LambdaExpression)algorithm.Expression!);

        public CompiledTask CompileSubgraph(
            Subgraph subgraph,
            System.Collections.Immutable.ImmutableArray<Type> inputs,
            System.Collections.Immutable.ImmutableArray<SubgraphOperand> outputs
        ) => throw new CompilationFailedException("not needed");

        private sealed class Task(LambdaExpression lambda) : CompiledTask
        {
            private readonly Delegate _compiled = lambda.Compile();

            public override object?[] Invoke(ReadOnlySpan<object?> arguments) =>
                [(int)_compiled.DynamicInvoke(arguments[0])! + 100];
        }
    }

    [Test]
    public void A_compiler_is_a_plugin_and_compiles_immediate_calls_once()
    {
        var resolver = new Resolver().AddPlugin(typeof(CompilingPlugin));
        Assert.Multiple(() =>
        {
            Assert.That(resolver.Compilers.Keys, Is.EqualTo(new[] { "adds-hundred", "cpu", "interpreter" }));
            Assert.That(resolver.Run("compiling.inc", 1), Is.EqualTo(102));
            Assert.That(resolver.Run("compiling.inc", 2), Is.EqualTo(103));
            Assert.That(resolver.Compilation.Compilations, Is.EqualTo(1));
            Assert.That(
                () => resolver.AddCompiler(new CompilingPlugin()),
                Throws.TypeOf<RegistrationException>().With.Message.Contains("is called \"adds-hundred\", as")
            );
        });
    }

    [Test]
    public void Plugins_can_be_added_while_others_plan()
    {
        var resolver = new Resolver().AddPlugin(typeof(Numbers));
        var algorithm = resolver.GetAlgorithm("power");
        using var done = new CancellationTokenSource();
        var planners = Enumerable
            .Range(0, 4)
            .Select(i =>
                System.Threading.Tasks.Task.Run(() =>
                {
                    var count = 0;
                    do
                    {
                        Type[] types = i % 2 == 0 ? [typeof(int), typeof(Numbers.Text)] : [typeof(int), typeof(int)];
                        var plan = resolver.Plan(algorithm, types, i < 2 ? typeof(int) : null);
                        Assert.That(plan.OrThrow().Chosen!.Id, Is.EqualTo("Numbers.IntPower"));
                        count++;
                    } while (!done.IsCancellationRequested);

                    return count;
                })
            )
            .ToArray();
        System.Threading.Tasks.Parallel.For(
            0,
            50,
            i =>
                resolver.AddPlugin(
                    $"p{i}",
                    p => p.Declare<Func<int, int>>($"algorithm{i}").Implement($"algorithm{i}", (int arg) => arg + i)
                )
        );
        done.Cancel();
        System.Threading.Tasks.Task.WaitAll(planners);
        Assert.Multiple(() =>
        {
            Assert.That(planners.Select(p => p.Result), Is.All.Positive);
            for (var i = 0; i < 50; i++)
            {
                Assert.That(resolver.Run($"algorithm{i}", 1), Is.EqualTo(1 + i));
            }
        });
    }

    // An assembly with one class of one method that declares and implements "<name>.same".
    private static Assembly Emit(string assembly, Type[] attributes, string name)
    {
        var builder = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(assembly), AssemblyBuilderAccess.Run);
        var type = builder.DefineDynamicModule(assembly).DefineType("Emitted", TypeAttributes.Public);
        foreach (var attribute in attributes)
        {
            type.SetCustomAttribute(new CustomAttributeBuilder(attribute.GetConstructors()[0], [name]));
        }

        var method = type.DefineMethod(
            "Same",
            MethodAttributes.Public | MethodAttributes.Static,
            typeof(int),
            [typeof(int)]
        );
        method.DefineParameter(1, ParameterAttributes.None, "x");
        foreach (var attribute in new[] { typeof(AbstractAlgorithmAttribute), typeof(ConcreteAlgorithmAttribute) })
        {
            method.SetCustomAttribute(
                new CustomAttributeBuilder(attribute.GetConstructors()[0], [$"{name}.same", "Emitted.cs", 1])
            );
        }

        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ret);
        type.CreateType();
        return builder;
    }
}
