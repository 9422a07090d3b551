using System.Reflection;

namespace Mlir.Frontend.Layouts;

/// <summary>A public field or auto-property of a struct that travels by value.</summary>
/// <param name="Name">The field's or property's name; <c>Item1</c> and so on for a value tuple.</param>
/// <param name="Layout">The layout of its type.</param>
/// <param name="FirstLeaf">The index of its first leaf among the leaves of the struct.</param>
/// <param name="Field">The field that holds it.</param>
public sealed record LayoutMember(string Name, TypeLayout Layout, int FirstLeaf, FieldInfo Field);
