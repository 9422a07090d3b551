using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;

namespace Mlir.Frontend.Expressions;

/// <summary>
/// Writes a lambda as text that is equal for two lambdas exactly when they compile to the same kernel: parameters by position, captured variables
/// by their place in the closure (their values are passed at every call), called kernels by their own text.
/// </summary>
public static class ExpressionKey
{
    /// <summary>The key of <paramref name="lambda"/>; it includes the site, because kernels name it in their errors.</summary>
    public static string Of(LambdaExpression lambda, CallSite site)
    {
        var writer = new Writer();
        writer.Text.Append(site.File).Append(':').Append(site.Line).Append('\n');
        writer.Write(lambda);
        return writer.Text.ToString();
    }

    private sealed class Writer : ExpressionVisitor
    {
        private readonly Dictionary<ParameterExpression, int> _parameters = [];

        public StringBuilder Text { get; } = new();

        public void Write(LambdaExpression lambda)
        {
            foreach (var parameter in lambda.Parameters)
            {
                _parameters[parameter] = _parameters.Count;
                WriteType(parameter.Type);
            }

            Text.Append('=');
            Visit(lambda.Body);
        }

        public override Expression? Visit(Expression? node)
        {
            if (node is null)
            {
                Text.Append('_');
                return node;
            }

            Text.Append('(').Append((int)node.NodeType).Append(' ');
            WriteType(node.Type);
            base.Visit(node);
            Text.Append(')');
            return node;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            Text.Append('p').Append(_parameters.GetValueOrDefault(node, -1));
            return node;
        }

        protected override Expression VisitConstant(ConstantExpression node)
        {
            switch (node.Value)
            {
                case double d:
                    Text.Append(BitConverter.DoubleToInt64Bits(d));
                    break;
                case float f:
                    Text.Append(BitConverter.SingleToInt32Bits(f));
                    break;
                case Half h:
                    Text.Append(BitConverter.HalfToInt16Bits(h));
                    break;
                case IConvertible or nint or nuint or null:
                    Text.Append(Convert.ToString(node.Value, CultureInfo.InvariantCulture));
                    break;
            }

            return node;
        }

        protected override Expression VisitMember(MemberExpression node)
        {
            WriteMember(node.Member);
            Visit(node.Expression);
            return node;
        }

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            WriteMember(node.Method);
            return base.VisitMethodCall(node);
        }

        protected override Expression VisitBinary(BinaryExpression node)
        {
            if (node.Method is not null)
            {
                WriteMember(node.Method);
            }

            return base.VisitBinary(node);
        }

        protected override Expression VisitUnary(UnaryExpression node)
        {
            if (node.Method is not null)
            {
                WriteMember(node.Method);
            }

            return base.VisitUnary(node);
        }

        protected override Expression VisitInvocation(InvocationExpression node)
        {
            if (ExpressionImporter.CalledKernel(node) is { } kernel)
            {
                Text.Append('{').Append(Of(kernel.Source, kernel.Site)).Append('}');
                foreach (var argument in node.Arguments)
                {
                    Visit(argument);
                }

                return node;
            }

            return base.VisitInvocation(node);
        }

        private void WriteType(Type type) => Text.Append(type.TypeHandle.Value).Append(' ');

        private void WriteMember(MemberInfo member) =>
            Text.Append('#')
                .Append(
                    member is MethodBase method ? method.MethodHandle.Value
                    : member is FieldInfo field ? field.FieldHandle.Value
                    : member.MetadataToken
                )
                .Append(' ');
    }
}
