using System.Linq.Expressions;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.Frontend;
using Mlir.Frontend.Expressions;
using Mlir.IR.Text;
using Mlir.Runtime;

namespace Mlir.Tests.Frontend;

/// <summary>A lambda's module as text, which is what travels: it parses back to itself, and runs where only the text is known.</summary>
public sealed class TextTests
{
    private static readonly CallSite Site = new("Client.cs", 12, "");

    private static string Print(LambdaExpression lambda, FunctionResolver? functions = null) =>
        AsmPrinter.Print(
            ExpressionImporter.Import(lambda, Site, KernelShape.SameShape, functions).Module,
            new AsmPrinterOptions { PrintLocations = true }
        );

    private static object[] Run(string text, string target, params object[] arguments)
    {
        var module = (ModuleOp)MlirText.Parse(text, AllDialects.Registry).ValueOrThrow();
        Assert.That(AsmPrinter.Print(module, new AsmPrinterOptions { PrintLocations = true }), Is.EqualTo(text));
        return Jit.Compiler.Compile(module, target).Invoke(ImportedKernel.EntryPoint, arguments);
    }

    private static HostBuffer Units(string text) => new(text.Select(c => (short)c).ToArray(), text.Length);

    [Test]
    public void Strings_and_structs_travel()
    {
        Expression<Func<string, int, ValueTuple<string, bool>>> lambda = (s, n) =>
            ValueTuple.Create("<" + s.Substring(n) + ">!!", s == "abc" || s != "" && s[0] == 'x');
        var text = Print(lambda);
        Assert.That(text, Does.Contain("tensor.insert_slice").And.Contain("loc(\"Client.cs\":12:1)"));
        foreach (var target in Targets.All)
        {
            var results = Run(text, target, Units("abc"), 1);
            Assert.That(((HostBuffer)results[0]).Data, Is.EqualTo(Units("<bc>!!").Data), target);
            Assert.That(results[1], Is.EqualTo(true), target);
            Assert.That(
                Assert.Throws<ArgumentOutOfRangeException>(() => Run(text, target, Units("abc"), 4))!.Message,
                Is.EqualTo(
                    "startIndex cannot be larger than length of string. (Parameter 'startIndex') at Client.cs(12): s.Substring(n)"
                ),
                target
            );
        }
    }

    [Test]
    public void Recursive_functions_and_throws_travel()
    {
        Expression<Func<int, int>> fib = n =>
            n < 0 ? Throw.Exception<int>(new ArgumentException("below zero"))
            : n < 2 ? n
            : Function.Call<int>("fib", n - 1) + Function.Call<int>("fib", n - 2);
        var text = Print(fib, (_, _, _) => new ResolvedFunction(fib, Site));
        Assert.That(text, Does.Contain("func.func private @fib(").And.Contain("func.func @main("));
        foreach (var target in Targets.All)
        {
            Assert.That(Run(text, target, 15)[0], Is.EqualTo(610), target);
            Assert.That(
                Assert.Throws<ArgumentException>(() => Run(text, target, -1))!.Message,
                Is.EqualTo("below zero at Client.cs(12): new ArgumentException(\"below zero\")"),
                target
            );
        }
    }

    [Test]
    public void Equal_lambdas_have_equal_text_and_keys()
    {
        static (string, string) Make(int k)
        {
            Expression<Func<string, string>> lambda = s => s + "x" + k.ToString().Length;
            Expression<Func<double, double>> sum = x => x + k;
            return (Print(sum), ExpressionKey.Of(sum, Site) + lambda.Body.Type);
        }

        Assert.That(Make(1), Is.EqualTo(Make(2)));
    }

    [Test]
    public void Keys_tell_lambdas_apart()
    {
        Expression<Func<string, bool>>[] lambdas =
        [
            s => s == "a",
            s => s == "b",
            s => s == "a)(9",
            s => s != "a",
            s => s + "a" == "",
            s => s.Substring(1) == "a",
            s => s.Substring(1, 1) == "a",
        ];
        Assert.That(lambdas.Select(l => ExpressionKey.Of(l, Site)), Is.Unique);
        Expression<Func<double, KeyValuePair<double, double>>>[] made =
        [
            x => new KeyValuePair<double, double>(x, 1),
            x => new KeyValuePair<double, double>(1, x),
            x => default,
        ];
        Assert.That(made.Select(l => ExpressionKey.Of(l, Site)), Is.Unique);
    }

    [Test]
    public void A_key_knows_which_variables_share_a_closure()
    {
        static Expression<Func<double, double>> Adder(double a) => x => x + a;
        var (one, other) = (Adder(1), Adder(1));
        Expression<Func<double, double>> sum = x => Function.Call<double>("f", x) + Function.Call<double>("g", x);
        FunctionResolver same = (_, _, _) => new ResolvedFunction(one, Site);
        FunctionResolver different = (name, _, _) => new ResolvedFunction(name == "f" ? one : other, Site);
        Assert.That(ExpressionKey.Of(sum, Site, same), Is.Not.EqualTo(ExpressionKey.Of(sum, Site, different)));
    }
}
