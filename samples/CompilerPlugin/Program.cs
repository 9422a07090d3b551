using System.Globalization;
using Mlir.Dataflow;

// A compiler and the algorithms that name it, both from outside: the graph fuses them as it fuses what our own compilers compile.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using var resolver = new Resolver().AddPlugin(typeof(Money)).AddCompiler(new LinqCompiler());
var options = new ComputeOptions { Diagnostic = d => Console.WriteLine($"not compiled: {d.Task}: {d.Message}") };

for (var run = 0; run < 2; run++) // the second graph is equal: nothing is compiled
{
    var flow = new Flow(resolver);
    var price = flow.Input(119.90m, "price");
    var bill = flow.Call<Money.Round>(flow.Call<Money.Tax>(flow.Call<Money.Discount>(price, 10m), 19m), 2);
    Console.WriteLine($"to pay: {await bill.As<decimal>().ComputeAsync(options)}");
}

Console.WriteLine($"at once: {resolver.Call((Money.Tax tax) => tax(100m, 7m))}");

var shares = new Flow(resolver);
var amount = shares.Input(100m, "amount");
var share = shares.Call<Money.Share>(shares.Call<Money.Tax>(amount, 20m), 8);
Console.WriteLine($"each: {await share.As<decimal>().ComputeAsync(options)}");
