using System.Numerics.Tensors;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Registry;

public sealed class TypeNameTests
{
    public sealed class Outer<T>
    {
        public sealed class Inner;

        public sealed class Pair<TOther>;
    }

    [TestCase(typeof(double), "double")]
    [TestCase(typeof(nint), "nint")]
    [TestCase(typeof(string), "string")]
    [TestCase(typeof(object), "object")]
    [TestCase(typeof(int?), "int?")]
    [TestCase(typeof(Tensor<double>), "Tensor<double>")]
    [TestCase(typeof(double[]), "double[]")]
    [TestCase(typeof(int[,][]), "int[,][]")]
    [TestCase(typeof((int, Tensor<float>)), "(int, Tensor<float>)")]
    [TestCase(typeof((int, int, int, int, int, int, int, int)), "(int, int, int, int, int, int, int, int)")]
    [TestCase(
        typeof((int, int, int, int, int, int, int, string, bool)),
        "(int, int, int, int, int, int, int, string, bool)"
    )]
    [TestCase(typeof(ValueTuple<int>), "System.ValueTuple<int>")]
    [TestCase(typeof(ValueTuple), "System.ValueTuple")]
    [TestCase(typeof(DateTime), "System.DateTime")]
    [TestCase(
        typeof(Dictionary<string, List<int>>),
        "System.Collections.Generic.Dictionary<string, System.Collections.Generic.List<int>>"
    )]
    [TestCase(typeof(Outer<int>.Inner), "Mlir.Tests.Dataflow.Registry.TypeNameTests.Outer<int>.Inner")]
    [TestCase(typeof(Outer<int>.Pair<bool>[]), "Mlir.Tests.Dataflow.Registry.TypeNameTests.Outer<int>.Pair<bool>[]")]
    public void Types_are_named_as_csharp_writes_them(Type type, string name) =>
        Assert.That(TypeName.Of(type), Is.EqualTo(name));
}
