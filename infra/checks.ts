import {
  type App,
  CloudFormationValidatePlugin,
  type IPolicyValidationContext,
  type PolicyValidationPluginReport,
  Validations,
} from 'aws-cdk-lib';

/**
 * Lets synthesis fail on everything that CloudFormation's own rules find in the template, and on every cdk-nag finding
 * that isn't acknowledged with a reason beside its construct.
 */
export async function addChecks(app: App): Promise<void> {
  // The rules take most of a second to load, and a synthesis for the laptop needs none of them.
  const { AwsSolutionsChecks, ServerlessChecks } = await import('cdk-nag');
  const packs = [new AwsSolutionsChecks(app), new ServerlessChecks(app)];
  Validations.of(app).addPlugins(new StrictTemplateRules(), ...packs);
}

/**
 * The CDK's check of templates, with warnings counted as errors: a wrong invoke mode or an unknown runtime is a warning
 * only, and would end a deployment half-way.
 */
class StrictTemplateRules extends CloudFormationValidatePlugin {
  // The base class types these two more loosely than the interface that it implements.
  override get version(): string {
    return super.version ?? '';
  }

  override get ruleIds(): string[] {
    return super.ruleIds ?? [];
  }

  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const report = super.validate(context);
    const isClean = report.violations.every(({ severity }) => severity !== 'warning' && severity !== 'error');
    return { ...report, success: report.success && isClean };
  }
}
