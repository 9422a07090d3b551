using Mlir.Backends.Interpreter;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;

namespace Mlir.Tests.Backends.Interpreter;

/// <summary>
/// The functions of <c>Cases/*.mlir</c>. Each says in <c>test.runs</c> what to call it with and what must come back:
/// <c>{args = […], results = […]}</c>, or <c>{args = […], error = "ExceptionType: text in the message"}</c>.
/// </summary>
public sealed class ExecutionTests
{
    private static IEnumerable<TestCaseData> Cases =>
        from file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Cases"), "*.mlir").Order(StringComparer.Ordinal)
        from text in File.ReadAllText(file).Split("// -----\n")
        from name in Functions(text, file)
        select new TestCaseData(text, name).SetArgDisplayNames(Path.GetFileNameWithoutExtension(file), name);

    /// <summary>Every run gives what it should.</summary>
    [TestCaseSource(nameof(Cases))]
    public void Runs(string text, string name)
    {
        var module = Programs.Parse(text);
        var interpreted = InterpretedModule.Prepare(module);
        var runs = (ArrayAttr)new SymbolTable(module).Lookup(name)!.Discardable["test.runs"]!;
        Assert.Multiple(() =>
        {
            foreach (var run in runs.Items.ToArray().Cast<DictionaryAttr>())
            {
                Check(interpreted, name, run);
            }
        });
    }

    private static void Check(InterpretedModule module, string name, DictionaryAttr run)
    {
        var arguments = ((ArrayAttr?)run["args"])?.Items.Select(Constants.ToArgument).ToArray() ?? [];
        if (run["error"] is StringAttr error)
        {
            var colon = error.Value.IndexOf(':');
            var exception = Assert.Catch(() => module.Invoke(name, arguments), run.ToString());
            Assert.That(exception!.GetType().Name, Is.EqualTo(error.Value[..colon]), exception.ToString());
            Assert.That(exception.Message, Does.Contain(error.Value[(colon + 1)..].Trim()));
            return;
        }

        var expected = ((ArrayAttr)run["results"]!).Items.Select(r => Constants.ToText(Constants.ToArgument(r)));
        Assert.That(module.Invoke(name, arguments).Select(Constants.ToText), Is.EqualTo(expected), () => run.ToString());
    }

    private static IEnumerable<string> Functions(string text, string file) =>
        Programs.Parse(text, Path.GetFileName(file)).Body.Operations.OfType<IFunctionLike>()
            .Where(f => ((Operation)f).Discardable["test.runs"] is not null).Select(f => f.SymbolName!);
}
