using System.Buffers;
using System.Numerics.Tensors;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Serialization;

/// <summary>Values as bytes and back.</summary>
public sealed class ValueTests
{
    private static readonly object[] Values =
    [
        true,
        (sbyte)-1,
        (byte)2,
        (short)-3,
        (ushort)4,
        -5,
        6u,
        -7L,
        8UL,
        'x',
        (Half)0.5,
        1.5f,
        -0.0,
        double.NaN,
        (nint)9,
        (nuint)10,
        "",
        "a lone \ud800 surrogate",
        Array.Empty<int>(),
        new[] { 1.5, double.NegativeInfinity },
        new[] { true, false },
        new[,]
        {
            { 'a', 'b' },
            { 'c', 'd' },
            { 'e', 'f' },
        },
        (1, "two", 3.0),
        (1, (2, 3)),
        (1, 2, 3, 4, 5, 6, 7, "eight", 9),
        ValueTuple.Create(1),
    ];

    [Test]
    public void Values_come_back_as_they_were()
    {
        var read = SerializedValues.Read(SerializedValues.Write(Values));
        Assert.That(read, Is.EqualTo(Values));
        Assert.That(read.Select(v => v.GetType()), Is.EqualTo(Values.Select(v => v.GetType())));
        Assert.That(double.IsNegative((double)read[12]));
    }

    [Test]
    public void Tensors_come_back_dense()
    {
        var tensor = Tensor.Create([1f, 2, 3, 4, 5, 6], [2, 3]);
        var column = tensor.Slice([new NRange(0, 2), new NRange(1, 2)]);
        var read = SerializedValues.Read(SerializedValues.Write(tensor, column, Tensor.Create<int>([], [0, 5])));
        Assert.That(((Tensor<float>)read[0]).ToArray(), Is.EqualTo(new[] { 1f, 2, 3, 4, 5, 6 }));
        Assert.That(((Tensor<float>)read[0]).Lengths.ToArray(), Is.EqualTo(new nint[] { 2, 3 }));
        Assert.That(((Tensor<float>)read[1]).ToArray(), Is.EqualTo(new[] { 2f, 5 }));
        Assert.That(((Tensor<int>)read[2]).Lengths.ToArray(), Is.EqualTo(new nint[] { 0, 5 }));
    }
}
