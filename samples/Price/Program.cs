using System.Numerics.Tensors;
using Mlir;

var s = Tensor.Create(new[] { 90.0, 100.0, 110.0 });
var k = Tensor.Create(new[] { 1.0, 2.0, 3.0 });

var price = Jit.Compile((Tensor<double> s, Tensor<double> k, double r) => Tensor.Exp<double>(-r * s) * k + 2.0 * s);
Tensor<double> y = price.Invoke(s, k, 0.03);

Console.WriteLine(string.Join(", ", y));
if (args.Contains("--ir"))
{
    Console.WriteLine(price.Ir);
}
