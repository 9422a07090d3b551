using System.Numerics.Tensors;
using Mlir.Remote;
using Mlir.Remote.Server;

// A server, as './mlir serve --data DIRECTORY' starts one, if no address of another is given.
await using var server =
    args.Length > 0
        ? null
        : await RemoteServer.StartAsync(
            new() { Listen = "http://127.0.0.1:0", DataDirectories = [Path.Combine(AppContext.BaseDirectory, "data")] }
        );
await using var remote = await RemoteJit.ConnectAsync(server?.Addresses[0] ?? args[0]);

var add = remote.Define("add", (double x, double y) => x + y, (int x, int y) => x + y); // overloads, as in C#
Console.WriteLine(await add.CallAsync(1, 2)); // the int overload
Console.WriteLine(await add.CallAsync(1.2, 2.3));

var prices = await remote.OpenAsync("prices.npy"); // data that lies on the server
var growth = remote.Compile((Tensor<double> p, double start) => Tensor.Sum<double>(Tensor.Log<double>(p / start)));
var sum = await growth.InvokeAsync(prices, 1455.219971); // the array never crosses the wire
Console.WriteLine($"{prices}: mean growth {Math.Exp(sum / prices.Count) - 1:P1}");

try
{
    await remote.Define("divide", (int x, int y) => x / y).CallAsync(7, 0);
}
catch (DivideByZeroException error)
{
    Console.WriteLine(error.Message); // with the line above
}
