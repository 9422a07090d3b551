using Mlir.Backends;
using Mlir.Backends.Interpreter;
using Mlir.Dialects.Builtin;

namespace Mlir.Tests.Backends.Interpreter;

/// <summary>
/// The functions of <c>Cases/*.mlir</c>. Each says in <c>test.runs</c> what to call it with and what must come back:
/// <c>{args = […], results = […]}</c>, or <c>{args = […], error = "ExceptionType: text in the message"}</c>.
/// </summary>
public sealed class ExecutionTests
{
    private static IEnumerable<TestCaseData> Cases =>
        from file in Directory
            .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Cases"), "*.mlir")
            .Order(StringComparer.Ordinal)
        from text in File.ReadAllText(file).Split("// -----\n")
        from name in Functions(text, file)
        select new TestCaseData(text, name).SetArgDisplayNames(Path.GetFileNameWithoutExtension(file), name);

    /// <summary>Every run gives what it should.</summary>
    [TestCaseSource(nameof(Cases))]
    public void Runs(string text, string name)
    {
        Check(text, name, module => InterpretedModule.Prepare(module));
    }

    /// <summary>After the backend's pipeline, from tensors to loops over memory, the defined runs still give the same.</summary>
    [TestCaseSource(nameof(Cases))]
    public void Runs_lowered(string text, string name)
    {
        var module = Programs.Parse(text);
        if (module.Walk().Any(o => o.Discardable["test.tensors_only"] is not null))
        {
            Assert.That(
                () => Lowered(module),
                Throws.InstanceOf<DiagnosticException>().With.Message.Contains("has no form on memory")
            );
            return;
        }

        Check(
            text,
            name,
            Lowered,
            run => (run["error"] as StringAttr)?.Value.StartsWith("Undefined", StringComparison.Ordinal) != true
        );
    }

    private static CompiledModule Lowered(ModuleOp module) =>
        Compiler.CompileUncached(module, InterpreterBackend.Create());

    private static void Check(
        string text,
        string name,
        Func<ModuleOp, CompiledModule> prepare,
        Func<DictionaryAttr, bool>? filter = null
    )
    {
        var module = Programs.Parse(text);
        var compiled = prepare(module);
        var runs = (ArrayAttr)new SymbolTable(module).Lookup(name)!.Discardable["test.runs"]!;
        Assert.Multiple(() =>
        {
            foreach (var run in runs.Items.ToArray().Cast<DictionaryAttr>().Where(filter ?? (_ => true)))
            {
                Check(compiled, name, run);
            }
        });
    }

    private static void Check(CompiledModule module, string name, DictionaryAttr run)
    {
        var arguments = ((ArrayAttr?)run["args"])?.Items.Select(Constants.ToArgument).ToArray() ?? [];
        if (run["error"] is StringAttr error)
        {
            var colon = error.Value.IndexOf(':');
            var message = "nothing was thrown";
            try
            {
                module.Invoke(name, arguments);
            }
            catch (Exception e)
            {
                message = $"{e.GetType().Name}: {e.Message}";
            }

            Assert.That(
                message,
                Does.StartWith(error.Value[..(colon + 1)]).And.Contains(error.Value[(colon + 1)..].Trim())
            );
            return;
        }

        var expected = ((ArrayAttr)run["results"]!).Items.Select(r => Constants.ToText(Constants.ToArgument(r)));
        Assert.That(
            module.Invoke(name, arguments).Select(Constants.ToText),
            Is.EqualTo(expected),
            () => run.ToString()
        );
    }

    private static IEnumerable<string> Functions(string text, string file) =>
        Programs
            .Parse(text, Path.GetFileName(file))
            .Body.Operations.OfType<IFunctionLike>()
            .Where(f => ((Operation)f).Discardable["test.runs"] is not null)
            .Select(f => f.SymbolName!);
}
