using Mlir.Runtime;

namespace Mlir.Tests.Runtime;

public sealed class KernelErrorTests
{
    [TestCase("System.OverflowException: Arithmetic operation resulted in an overflow.", typeof(OverflowException))]
    [TestCase("System.DivideByZeroException: Attempted to divide by zero.", typeof(DivideByZeroException))]
    [TestCase("System.IndexOutOfRangeException: Index was outside the bounds.", typeof(IndexOutOfRangeException))]
    [TestCase("System.ArgumentException: The shapes differ.", typeof(ArgumentException))]
    [TestCase("System.ArgumentOutOfRangeException: Too large.", typeof(ArgumentOutOfRangeException))]
    [TestCase("System.InvalidOperationException: No elements.", typeof(InvalidOperationException))]
    [TestCase("My.OwnException: Strange.", typeof(InvalidOperationException))]
    [TestCase("no type: just words.", typeof(InvalidOperationException))]
    public void A_kernel_error_is_the_exception_that_a_programmer_expects(string text, Type expected)
    {
        var exception = KernelError.Parse(text, "Program.cs(18): x / y").ToException();
        Assert.That(exception, Is.TypeOf(expected));
        Assert.That(exception.Message, Does.EndWith(" at Program.cs(18): x / y").And.Not.Contain(". at"));
    }

    [Test]
    public void A_message_without_a_place_stays_as_it_is() =>
        Assert.That(KernelError.Parse("System.ArithmeticException: Odd.").ToException().Message, Is.EqualTo("Odd."));
}
