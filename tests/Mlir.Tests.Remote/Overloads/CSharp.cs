using Microsoft.CSharp.RuntimeBinder;

namespace Mlir.Tests.Remote.Overloads;

/// <summary>Asks C#'s own binder: it binds a call of values at run time exactly as the compiler binds one of variables.</summary>
internal static class CSharp
{
    /// <summary>No overload takes the argument.</summary>
    public const int NoOverload = -1;

    /// <summary>Several do, none better.</summary>
    public const int Ambiguous = -2;

    /// <summary>Whether C# converts a value of this type implicitly, and to what.</summary>
    public static bool Converts(object value, Type type, out object? converted)
    {
        try
        {
            converted = ((Converter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(type))!).Convert(
                value
            );
            return true;
        }
        catch (RuntimeBinderException)
        {
            converted = null;
            return false;
        }
    }

    /// <summary>Which of <c>f(a)</c> and <c>f(b)</c> C# calls with the value.</summary>
    public static int Choose(Type a, Type b, object value)
    {
        dynamic overloads = Activator.CreateInstance(typeof(Overloads<,>).MakeGenericType(a, b))!;
        try
        {
            return overloads.F((dynamic)value);
        }
        catch (RuntimeBinderException error)
        {
            return error.Message.Contains("ambiguous", StringComparison.Ordinal) ? Ambiguous : NoOverload;
        }
    }

    private abstract class Converter
    {
        public abstract object Convert(dynamic value);
    }

    private sealed class Converter<T> : Converter
        where T : struct
    {
        public override object Convert(dynamic value)
        {
            T converted = value;
            return converted;
        }
    }

    public sealed class Overloads<TA, TB>
    {
        public int F(TA value) => value is null ? NoOverload : 0;

        public int F(TB value) => value is null ? NoOverload : 1;
    }
}
