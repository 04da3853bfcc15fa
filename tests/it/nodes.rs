//! Several nodes on PostgreSQL and Redis, behind any load balancer.

mod assignment;
mod attendance;
mod events;
mod outages;
mod outbox;
mod pushes;
mod targets;
mod timers;

/// One test on three nodes.
macro_rules! on_three {
    ($name:ident, |$cluster:ident| $body:block) => {
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            async fn test($cluster: &mut crate::harness::cluster::Cluster) $body

            crate::harness::cluster::run(async |cluster| test(cluster).await).await;
        }
    };
}
pub(crate) use on_three;
