using Mlir.Backends;
using Mlir.Backends.Interpreter;
using Mlir.Dialects;
using Mlir.Runtime;

namespace Mlir.Tests.Backends.Interpreter;

/// <summary>Programs that go wrong end with an error that says so; others go on.</summary>
public sealed class LimitsTests
{
    private const string Endless = """
        func.func @f() {
          cf.br ^bb1
        ^bb1:
          cf.br ^bb1
        }
        """;

    /// <summary>A loop without end meets the step limit.</summary>
    [Test]
    public void Steps_are_limited()
    {
        var module = InterpretedModule.Prepare(Programs.Parse(Endless), new InterpreterOptions { MaxSteps = 100_000 });
        Assert.That(
            () => module.Invoke("f"),
            Throws.InstanceOf<InterpreterLimitException>().With.Message.Contains("100000")
        );
    }

    /// <summary>A run can be cancelled from outside.</summary>
    [Test]
    public void Runs_can_be_cancelled()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var module = InterpretedModule.Prepare(
            Programs.Parse(Endless),
            new InterpreterOptions { CancellationToken = source.Token }
        );
        Assert.That(() => module.Invoke("f"), Throws.InstanceOf<OperationCanceledException>());
    }

    /// <summary>Recursion without end is an exception that can be caught, not a crash; also on a small stack.</summary>
    [TestCase(16 << 20)]
    [TestCase(256 << 10)]
    public void Recursion_is_limited(int stack)
    {
        var module = InterpretedModule.Prepare(
            Programs.Parse("func.func @f() {\n  call @f() : () -> ()\n  return\n}"),
            new InterpreterOptions { MaxCallDepth = 100_000 }
        );
        Exception? caught = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    module.Invoke("f");
                }
                catch (InsufficientExecutionStackException e)
                {
                    caught = e;
                }
            },
            stack
        );
        thread.Start();
        thread.Join();
        Assert.That(caught, Is.InstanceOf<InsufficientExecutionStackException>().With.Message.Contains("@f"));
    }

    /// <summary>The same module serves several threads, and errors in one leave the others alone.</summary>
    [Test]
    public void Threads_do_not_disturb_each_other()
    {
        var module = InterpretedModule.Prepare(
            Programs.Parse(
                """
                func.func @f(%n: index) -> index {
                  %c0 = arith.constant 0 : index
                  %c1 = arith.constant 1 : index
                  %ok = arith.cmpi ne, %n, %c1 : index
                  cf.assert %ok, "System.InvalidOperationException: one"
                  %s = scf.for %i = %c0 to %n step %c1 iter_args(%a = %c0) -> (index) {
                    %b = arith.addi %a, %i : index
                    scf.yield %b : index
                  }
                  return %s : index
                }
                """
            )
        );
        Parallel.For(
            0,
            200,
            i =>
            {
                if (i % 10 == 1)
                {
                    Assert.That(() => module.Invoke("f", 1L), Throws.InvalidOperationException);
                }
                else
                {
                    Assert.That(module.Invoke("f", (long)i * 100)[0], Is.EqualTo(i * 100L * ((i * 100L) - 1) / 2));
                }
            }
        );
    }

    /// <summary>A million operations in a row, and regions nested a thousand deep, are prepared and run.</summary>
    [Test]
    public void Size_and_depth_are_no_problem()
    {
        var line = new System.Text.StringBuilder("func.func @f(%x0: i32) -> i32 {\n");
        for (var i = 0; i < 300_000; i++)
        {
            line.Append($"%x{i + 1} = arith.addi %x{i}, %x0 : i32\n");
        }

        line.Append("return %x300000 : i32\n}\n");
        Assert.That(InterpretedModule.Prepare(Programs.Parse(line.ToString())).Invoke("f", 3)[0], Is.EqualTo(900_003));

        var deep = new System.Text.StringBuilder(
            "func.func @f(%c: i1, %m: memref<i32>) {\n%x = arith.constant 7 : i32\n"
        );
        for (var i = 0; i < 1_000; i++)
        {
            deep.Append("scf.if %c {\n");
        }

        deep.Append("memref.store %x, %m[] : memref<i32>\n").Append('}', 1_000).Append("\nreturn\n}\n");
        var memory = new HostBuffer(new int[1]);
        InterpretedModule.Prepare(Programs.Parse(deep.ToString())).Invoke("f", true, memory);
        Assert.That(memory.AsSpan<int>()[0], Is.EqualTo(7));
    }

    /// <summary>Arguments are checked, and the message says what is wanted.</summary>
    [Test]
    public void Arguments_are_checked()
    {
        var module = InterpretedModule.Prepare(
            Programs.Parse("func.func @f(%a: i32, %t: tensor<2xf32>) -> i32 {\n  return %a : i32\n}")
        );
        var array = new HostBuffer(new float[2], 2);
        Assert.Multiple(() =>
        {
            Assert.That(() => module.Invoke("g"), Throws.ArgumentException.With.Message.Contains("'f'"));
            Assert.That(
                () => module.Invoke("f", 1),
                Throws.ArgumentException.With.Message.Contains("takes 2 arguments")
            );
            Assert.That(() => module.Invoke("f", 1.0, array), Throws.ArgumentException.With.Message.Contains("#0"));
            Assert.That(
                () => module.Invoke("f", 1, new HostBuffer(new float[3], 3)),
                Throws.ArgumentException.With.Message.Contains("tensor<2xf32>")
            );
            Assert.That(
                () => module.Invoke("f", 1, new HostBuffer(new double[2], 2)),
                Throws.ArgumentException.With.Message.Contains("#1")
            );
            Assert.That(module.Invoke("f", 5u, array)[0], Is.EqualTo(5));
        });
    }

    /// <summary>A result never is the caller's own array, nor the program's constant.</summary>
    [Test]
    public void Results_are_new_arrays()
    {
        var module = InterpretedModule.Prepare(
            Programs.Parse(
                """
                func.func @f(%t: tensor<2xi32>) -> (tensor<2xi32>, tensor<2xi32>) {
                  %c = arith.constant dense<[1, 2]> : tensor<2xi32>
                  return %t, %c : tensor<2xi32>, tensor<2xi32>
                }
                """
            )
        );
        var argument = new HostBuffer(new int[] { 8, 9 }, 2);
        var first = module.Invoke("f", argument).Cast<HostBuffer>().ToArray();
        first[0].AsSpan<int>()[0] = 100;
        first[1].AsSpan<int>()[0] = 100;
        var second = module.Invoke("f", argument).Cast<HostBuffer>().ToArray();
        Assert.That(argument.AsSpan<int>()[0], Is.EqualTo(8));
        Assert.That(second[1].AsSpan<int>()[0], Is.EqualTo(1));
    }

    /// <summary>Through the backend contract: compiled, called, cached.</summary>
    [Test]
    public void Is_a_backend()
    {
        var compiler = new CompilerBuilder().UseInterpreter().Build();
        var module = Programs.Parse(
            "func.func @f(%a: f64) -> f64 {\n  %b = arith.mulf %a, %a : f64\n  return %b : f64\n}"
        );
        var compiled = compiler.Compile(module);
        Assert.That(compiled.Invoke("f", 3.0), Is.EqualTo(new object[] { 9.0 }));
        Assert.That(compiler.Compile(module), Is.SameAs(compiled));
    }

    /// <summary>Every operation from the tensor level down to the blocks can be run, but those that need addresses.</summary>
    [Test]
    public void Every_operation_has_a_handler()
    {
        string[] structure = ["builtin.module", "func.func"];
        string[] terminators = ["linalg.yield", "scf.condition", "scf.reduce", "scf.reduce.return", "tensor.yield"];
        string[] addresses = ["memref.view"];
        var handled = HandlerTable.Supported.Select(t => t.FullName).ToHashSet();
        var missing =
            from dialect in AllDialects.Registry.Dialects
            where dialect.Name is not ("llvm" or "nvvm" or "nvgpu" or "gpu" or "flow") // targets below, and the tasks above, which schedulers run
            from op in dialect.Ops
            let type = op.Create.Method.DeclaringType!
            where !handled.Any(h => type.FullName!.StartsWith(h!, StringComparison.Ordinal))
            select op.Name;
        Assert.That(missing, Is.EquivalentTo(structure.Concat(terminators).Concat(addresses)));
    }
}
