using System.Reflection;
using System.Runtime.InteropServices;

namespace Mlir.Tests.Architecture;

/// <summary>The native edge is narrow: what a user of the libraries sees holds no pointer and no handle.</summary>
public sealed class PublicSurfaceTests
{
    private const BindingFlags Members =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static IEnumerable<string> Assemblies =>
        Repository.ProductProjects.Keys.Where(name => name != "Mlir.IR.Generators").Order();

    [TestCaseSource(nameof(Assemblies))]
    public void Public_signatures_hold_no_pointer_and_no_handle(string name)
    {
        var assembly = Assembly.Load(name);
        var wrong = assembly
            // The runtime gives every delegate type a constructor that takes an address; C# never shows it.
            .DefinedTypes.Where(type => type.IsVisible && !typeof(Delegate).IsAssignableFrom(type))
            .SelectMany(type => type.GetMembers(Members).Where(IsSeen))
            .Where(member => Signature(member).Any(IsNative))
            .Select(member => $"{member.DeclaringType}.{member.Name}");
        Assert.That(wrong, Is.Empty);
    }

    private static bool IsSeen(MemberInfo member) =>
        member switch
        {
            MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
            FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
            _ => false, // properties and events are seen through their accessors
        };

    private static IEnumerable<Type> Signature(MemberInfo member) =>
        member switch
        {
            MethodInfo method =>
            [
                method.ReturnType,
                .. method.GetParameters().Select(parameter => parameter.ParameterType),
            ],
            ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
            FieldInfo field => [field.FieldType],
            _ => [],
        };

    private static bool IsNative(Type type) =>
        type.IsPointer
        || type.IsFunctionPointer
        || type == typeof(nint)
        || type == typeof(nuint)
        || type == typeof(GCHandle)
        || typeof(SafeHandle).IsAssignableFrom(type)
        || (type.HasElementType && IsNative(type.GetElementType()!));
}
