namespace Mlir.Tests.Remote.Client;

/// <summary>Errors name the file and the line of a lambda; the folder it lies in stays at home.</summary>
public sealed class SourcePlaceTests
{
    [Test]
    public async Task TheSameFunctionFromAnotherFolderIsThereAlready()
    {
        await using var first = await RemoteFixture.ConnectAsync();
        await using var second = await RemoteFixture.ConnectAsync();
        var here = first.Compile((int x, int y) => x / y, file: "/home/alice/src/Program.cs", line: 4711);
        var there = second.Compile((int x, int y) => x / y, file: "/build/Program.cs", line: 4711);

        Assert.That(here.Module, Does.Contain("Program.cs").And.Not.Contain("alice"));
        Assert.That(there.Module, Is.EqualTo(here.Module));
        Assert.That(
            () => here.Invoke(1, 0),
            Throws.TypeOf<DivideByZeroException>().With.Message.Contains("at Program.cs(4711): x / y")
        );
        Assert.That(() => there.Invoke(1, 0), Throws.TypeOf<DivideByZeroException>());
    }

    [Test]
    public async Task TheFolderOfAFunctionThatAnotherOneCallsStaysAtHomeToo()
    {
        await using var remote = await RemoteFixture.ConnectAsync();
        remote.Define("inverse", (int x) => 100 / x, file: "/home/alice/src/Inverse.cs", line: 7);
        var outer = remote.Compile((int x) => Mlir.Frontend.Function.Call<int>("inverse", x) + 1);

        Assert.That(outer.Module, Does.Not.Contain("alice"));
        Assert.That(outer.Invoke(5), Is.EqualTo(21));
        Assert.That(
            () => outer.Invoke(0),
            Throws.TypeOf<DivideByZeroException>().With.Message.Contains("Inverse.cs(7)")
        );
    }
}
