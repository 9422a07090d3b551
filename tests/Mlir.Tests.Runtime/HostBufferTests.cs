using Mlir.Runtime;

namespace Mlir.Tests.Runtime;

public sealed class HostBufferTests
{
    [Test]
    public void A_buffer_is_its_array_under_a_shape()
    {
        var data = new[] { 1f, 2, 3, 4, 5, 6 };
        var buffer = new HostBuffer(data, 2, 3);
        buffer.AsSpan<float>()[4] = 50;
        Assert.Multiple(() =>
        {
            Assert.That(data[4], Is.EqualTo(50));
            Assert.That(buffer.ToString(), Is.EqualTo("2x3xFloat32"));
            Assert.That(buffer.ToTensor<float>()[1, 1], Is.EqualTo(50));
            Assert.That(buffer.AsBytes().Length, Is.EqualTo(24));
            Assert.That(new HostBuffer(new[] { 7L }).Shape, Is.Empty);
        });
    }

    [Test]
    public void A_shape_that_does_not_fit_is_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => new HostBuffer(new int[6], 2, 4), Throws.ArgumentException);
            Assert.That(() => new HostBuffer(new int[6], -2, -3), Throws.ArgumentException);
            Assert.That(() => new HostBuffer(new int[2, 3], 2, 3), Throws.ArgumentException);
            Assert.That(() => new HostBuffer(new int[0], long.MaxValue, 2), Throws.ArgumentException);
            Assert.That(() => new HostBuffer(new decimal[1]), Throws.TypeOf<NotSupportedException>());
        });
    }

    [Test]
    public void Elements_are_seen_as_what_they_are_only()
    {
        var buffer = new HostBuffer(new int[2], 2);
        Assert.That(() => buffer.AsSpan<uint>(), Throws.TypeOf<InvalidCastException>());
        Assert.That(() => buffer.ToTensor<float>(), Throws.TypeOf<InvalidCastException>());
    }

    [Test]
    public void A_slot_holds_every_scalar()
    {
        object[] values =
        [
            true,
            (sbyte)-1,
            (short)-2,
            -3,
            -4L,
            (byte)255,
            (ushort)65535,
            uint.MaxValue,
            ulong.MaxValue,
            (Half)(-1.5),
            -0.0f,
            double.NaN,
        ];
        foreach (var value in values)
        {
            var type = ElementTypes.Of(value.GetType());
            Assert.That(ElementTypes.FromSlot(type, ElementTypes.ToSlot(value)), Is.EqualTo(value));
            Assert.That(type.ClrType, Is.EqualTo(value.GetType()));
            Assert.That(type.NewArray(3).GetType().GetElementType(), Is.EqualTo(value.GetType()));
        }
    }
}
