import type { JsonSchema } from '../../language/index.js';

export const PROFILES = ['minimal', 'default', 'strict'] as const;
/**
 * Which findings count where no setting says otherwise. `minimal`: errors. `default`: all, as grave as their rules say. `strict`: all, each one step
 * graver.
 */
export type Profile = (typeof PROFILES)[number];

const SETTINGS = ['off', 'information', 'warning', 'error'] as const;

const setting: JsonSchema = { type: 'string', enum: SETTINGS, description: 'How grave the findings of this rule are; "off" hides them.' };

/** The shape of `.runbook-lint.yaml`: plain data, nothing that names a program. */
export const configurationSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Lint configuration',
  type: 'object',
  additionalProperties: false,
  properties: {
    profile: { type: 'string', enum: PROFILES, description: 'Which findings count where no rule is set.' },
    rules: {
      type: 'object',
      description: 'Settings of single rules.',
      additionalProperties: {
        anyOf: [
          setting,
          {
            title: 'Rule setting',
            type: 'object',
            properties: { severity: setting },
            additionalProperties: { type: 'number' },
            minProperties: 1,
          },
        ],
      },
    },
    exclude: {
      type: 'array',
      items: { type: 'string' },
      description: 'Patterns of files that are not checked, seen from the folder of this file.',
    },
    fail_on: { type: 'string', enum: ['error', 'warning', 'information'], description: 'The mildest finding that fails the check.' },
  },
};
