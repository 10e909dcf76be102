/**
 * The part of the S3 client that the functions use: inside the bundles, `@aws-sdk/client-s3` means this file. Bundling
 * fails when a source asks for another name; add it here then.
 */
export {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
